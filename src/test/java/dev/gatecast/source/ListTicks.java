package dev.gatecast.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ticks from a list. */
final class ListTicks implements TickSource {
    private final Fields fields;
    private final List<SourcedTick> ticks;
    private final Rejections rejections = new Rejections();
    private int next;

    ListTicks(Fields fields, List<SourcedTick> ticks) {
        this.fields = fields;
        this.ticks = ticks;
    }

    @Override
    public Fields fields() {
        return fields;
    }

    @Override
    public @Nullable SourcedTick next() {
        return next < ticks.size() ? ticks.get(next++) : null;
    }

    @Override
    public double progress() {
        return ticks.isEmpty() ? 1 : (double) next / ticks.size();
    }

    @Override
    public Rejections rejections() {
        return rejections;
    }

    @Override
    public void close() {
        next = ticks.size();
    }
}
