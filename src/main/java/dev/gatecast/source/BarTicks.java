package dev.gatecast.source;

import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.feature.BarMaker;
import dev.gatecast.feature.BarSpec;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bars of a source's ticks. A bar carries the time of its start, and one value more than a tick: 1 where it had no
 * ticks and is filled, else 0. Bars whose end the stream has not reached when the source ends are left out, as they would
 * not be closed live.
 */
public final class BarTicks implements TickSource {
    /** Name of the value that says whether a bar is filled. */
    public static final String MISSING = "missing";

    private final TickSource source;
    private final BarSpec spec;
    private final Fields fields;
    private final Map<String, Entity> entities = new HashMap<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingInt(one -> one.entity.number));
    private final ArrayDeque<SourcedTick> ready = new ArrayDeque<>();
    private long streamTime = Long.MIN_VALUE;

    /** Bars of an open source, closed with it; as many rules as the source has fields. */
    public BarTicks(TickSource source, BarSpec spec) {
        this.source = source;
        this.spec = spec;
        var own = source.fields();
        if (spec.rules().size() != own.names().size()) {
            throw new BadSource("a rule for each of the fields " + own.names() + " is expected, got " + spec.rules());
        }
        fields = new Fields(
                Stream.concat(own.names().stream(), Stream.of(MISSING)).toList(), own.targets());
    }

    /** When an entity's next bar closes. */
    private record Due(long at, Entity entity) {}

    private static final class Entity {
        private final String name;
        private final int number;
        private final BarMaker maker;
        private Origin origin;
        private long rows;
        private long queued = Long.MAX_VALUE;

        private Entity(String name, int number, BarMaker maker, Origin origin) {
            this.name = name;
            this.number = number;
            this.maker = maker;
            this.origin = origin;
        }
    }

    @Override
    public Fields fields() {
        return fields;
    }

    @Override
    public @Nullable SourcedTick next() {
        while (ready.isEmpty()) {
            var tick = source.next();
            if (tick == null) {
                return null;
            }
            take(tick);
        }
        return ready.poll();
    }

    private void take(SourcedTick sourced) {
        var tick = sourced.tick();
        streamTime = Math.max(streamTime, tick.time());
        closeWhatIsDue();
        var entity = entities.computeIfAbsent(
                tick.entity(), name -> new Entity(name, entities.size(), new BarMaker(spec), sourced.origin()));
        if (!entity.maker.add(tick.time(), tick.values())) {
            rejections().add(Rejection.LATE, () -> sourced.origin() + ": its bar is closed");
            return;
        }
        entity.origin = sourced.origin();
        queue(entity);
    }

    private void closeWhatIsDue() {
        for (var first = due.peek(); first != null && first.at <= streamTime; first = due.peek()) {
            due.remove();
            var entity = first.entity;
            if (first.at == entity.queued) {
                entity.maker.close(first.at, (start, values) -> emit(entity, start, values));
                queue(entity);
            }
        }
    }

    /** An entity is due at one time; what was queued for another is passed over. */
    private void queue(Entity entity) {
        var at = entity.maker.due();
        if (at != entity.queued) {
            entity.queued = at;
            if (at < Long.MAX_VALUE) {
                due.add(new Due(at, entity));
            }
        }
    }

    private void emit(Entity entity, long start, double[] values) {
        for (var target = 0; target < fields.targets().size(); target++) {
            if (Double.isNaN(values[target])) {
                var field = fields.targets().get(target);
                rejections().add(Rejection.MISSING_FIELD, () -> entity.origin + ": no " + field + " in its bar");
                return;
            }
        }
        ready.add(new SourcedTick(new Tick(entity.name, start, values), entity.rows++, entity.origin));
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
