package dev.gatecast.backtest;

import dev.gatecast.event.Rejection;
import dev.gatecast.forecast.StreamClock;
import dev.gatecast.source.Fields;
import dev.gatecast.source.Origin;
import dev.gatecast.source.Rejections;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ticks of a topic that the live topology would take: one clock a partition refuses those too far ahead. Files have
 * no clock that could be wrong for others, so their ticks all pass.
 */
final class AdmittedTicks implements TickSource {
    private final TickSource source;
    private final long limit;
    private final Map<Integer, StreamClock> clocks = new HashMap<>();

    /** @param limit how far ahead of its partition a tick may be, milliseconds; Long.MAX_VALUE for any */
    AdmittedTicks(TickSource source, long limit) {
        this.source = source;
        this.limit = limit;
    }

    @Override
    public Fields fields() {
        return source.fields();
    }

    @Override
    public @Nullable SourcedTick next() {
        for (var tick = source.next(); tick != null; tick = source.next()) {
            if (admits(tick)) {
                return tick;
            }
        }
        return null;
    }

    private boolean admits(SourcedTick tick) {
        if (!(tick.origin() instanceof Origin.Offset offset)) {
            return true;
        }
        var clock = clocks.computeIfAbsent(offset.partition(), unused -> new StreamClock(limit, StreamClock.PATIENCE));
        var time = tick.tick().time();
        if (clock.admits(time)) {
            return true;
        }
        var why = clock.reason(time);
        rejections().add(Rejection.FUTURE, () -> offset + ": " + tick.tick().entity() + ": " + why);
        return false;
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
