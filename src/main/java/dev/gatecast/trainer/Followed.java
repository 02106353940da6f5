package dev.gatecast.trainer;

import dev.gatecast.forecast.StreamClock;
import dev.gatecast.source.Fields;
import dev.gatecast.source.Rejections;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import org.jspecify.annotations.Nullable;

/**
 * All ticks of a source, which a clock follows.
 *
 * @param source closed with it
 * @param clock reaches the time of each
 */
record Followed(TickSource source, StreamClock<SourcedTick> clock) implements TickSource {
    @Override
    public @Nullable SourcedTick next() {
        var tick = source.next();
        if (tick != null) {
            clock.reach(tick.tick().time());
        }
        return tick;
    }

    @Override
    public Fields fields() {
        return source.fields();
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
