package dev.gatecast.backtest;

import dev.gatecast.source.Fields;
import dev.gatecast.source.Rejections;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import org.jspecify.annotations.Nullable;

/** A source that tells its progress while it is read. */
final class WatchedTicks implements TickSource {
    private static final int EVERY = 4096;

    private final TickSource source;
    private final String stage;
    private final Progress progress;
    private long ticks;

    WatchedTicks(TickSource source, String stage, Progress progress) {
        this.source = source;
        this.stage = stage;
        this.progress = progress;
    }

    @Override
    public Fields fields() {
        return source.fields();
    }

    @Override
    public @Nullable SourcedTick next() {
        var tick = source.next();
        ticks += tick == null ? 0 : 1;
        if (tick == null || ticks % EVERY == 0) {
            progress.at(stage, source.progress(), ticks);
        }
        return tick;
    }

    @Override
    public double progress() {
        return source.progress();
    }

    @Override
    public Rejections rejections() {
        return source.rejections();
    }

    @Override
    public void close() {
        source.close();
    }
}
