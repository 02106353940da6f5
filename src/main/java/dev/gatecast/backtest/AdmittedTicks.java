package dev.gatecast.backtest;

import dev.gatecast.event.Rejection;
import dev.gatecast.forecast.StreamClock;
import dev.gatecast.source.DerivedTicks;
import dev.gatecast.source.Origin;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ticks of a topic that the live topology would take: one clock for each partition that it would read them from holds
 * those too far ahead. Files have no clock that could be wrong for others, so their ticks all pass.
 */
public final class AdmittedTicks extends DerivedTicks implements StreamClock.Door<SourcedTick> {
    private final BacktestSettings.Future future;
    private final Map<Integer, StreamClock<SourcedTick>> clocks = new HashMap<>();
    private final ArrayDeque<SourcedTick> ready = new ArrayDeque<>();

    /** What is admitted of an open source, closed with it. */
    public AdmittedTicks(TickSource source, BacktestSettings.Future future) {
        super(source);
        this.future = future;
    }

    /** Ticks that are held at the end are not given: the live topology would still wait for what comes next. */
    @Override
    public @Nullable SourcedTick next() {
        while (ready.isEmpty()) {
            var tick = source.next();
            if (tick == null) {
                return null;
            }
            if (!(tick.origin() instanceof Origin.Offset offset)) {
                return tick;
            }
            clocks.computeIfAbsent(
                            future.partition(tick.tick().entity(), offset.partition()),
                            unused -> new StreamClock<>(future.limit(), StreamClock.PATIENCE))
                    .offer(tick.tick().time(), tick.tick().entity(), tick, this);
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
