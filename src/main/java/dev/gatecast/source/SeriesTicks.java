package dev.gatecast.source;

import dev.gatecast.event.Targets;
import org.jspecify.annotations.Nullable;

/** The ticks of a source with several targets, target by target: each series has its part of each tick. */
public final class SeriesTicks extends DerivedTicks {
    private final Targets targets;
    private @Nullable SourcedTick current;
    private int next;

    private SeriesTicks(TickSource source) {
        super(source);
        this.targets = source.fields().series();
    }

    /** An open source itself where it has one target, else its series. Closed with it. */
    public static TickSource of(TickSource source) {
        return source.fields().targets().size() == 1 ? source : new SeriesTicks(source);
    }

    @Override
    public Fields fields() {
        return source.fields().ofSeries();
    }

    @Override
    public @Nullable SourcedTick next() {
        if (current == null || next == targets.count()) {
            current = source.next();
            next = 0;
        }
        var whole = current;
        return whole == null ? null : new SourcedTick(targets.tick(whole.tick(), next++), whole.row(), whole.origin());
    }
}
