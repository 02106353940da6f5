package dev.gatecast.trainer;

import dev.gatecast.event.Rejection;
import dev.gatecast.forecast.StreamClock;
import dev.gatecast.source.DerivedTicks;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The ticks of a source that a clock takes; closed with it. */
final class InTime extends DerivedTicks implements StreamClock.Door<SourcedTick> {
    private final StreamClock<SourcedTick> clock;
    private final ArrayDeque<SourcedTick> ready = new ArrayDeque<>();

    InTime(TickSource source, StreamClock<SourcedTick> clock) {
        super(source);
        this.clock = clock;
    }

    @Override
    public @Nullable SourcedTick next() {
        while (ready.isEmpty()) {
            var sourced = source.next();
            if (sourced == null) {
                return null;
            }
            var tick = sourced.tick();
            clock.offer(tick.time(), tick.entity(), sourced, this);
        }
        return ready.remove();
    }

    @Override
    public void take(SourcedTick tick) {
        ready.add(tick);
    }

    @Override
    public void refuse(SourcedTick tick, String reason) {
        rejections()
                .add(Rejection.FUTURE, () -> tick.origin() + ": " + tick.tick().entity() + ": " + reason);
    }
}
