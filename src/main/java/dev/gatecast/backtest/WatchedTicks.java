package dev.gatecast.backtest;

import dev.gatecast.source.DerivedTicks;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import org.jspecify.annotations.Nullable;

/** A source that tells its progress while it is read. */
final class WatchedTicks extends DerivedTicks {
    private static final int EVERY = 4096;

    private final String stage;
    private final Progress progress;
    private long ticks;

    WatchedTicks(TickSource source, String stage, Progress progress) {
        super(source);
        this.stage = stage;
        this.progress = progress;
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
}
