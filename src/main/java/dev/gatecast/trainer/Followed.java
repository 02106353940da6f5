package dev.gatecast.trainer;

import dev.gatecast.forecast.StreamClock;
import dev.gatecast.source.DerivedTicks;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import org.jspecify.annotations.Nullable;

/** All ticks of a source, which a clock follows; closed with it. */
final class Followed extends DerivedTicks {
    private final StreamClock<SourcedTick> clock;

    /** Follows an open source; the clock reaches the time of each tick. */
    Followed(TickSource source, StreamClock<SourcedTick> clock) {
        super(source);
        this.clock = clock;
    }

    @Override
    public @Nullable SourcedTick next() {
        var tick = source.next();
        if (tick != null) {
            clock.reach(tick.tick().time());
        }
        return tick;
    }
}
