package dev.gatecast.source;

import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import dev.gatecast.feature.BarMaker;
import dev.gatecast.feature.BarSpec;
import dev.gatecast.feature.BarState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bars of a source's ticks, as the live topology makes them. The time that closes bars is that of the newest tick of the
 * partition, or of all files together. A bar carries the time of its start, and one value more than a tick: 1 where it had no
 * ticks and is filled, else 0. Bars whose end the stream has not reached when the source ends are left out, as they would
 * not be closed live.
 */
public final class BarTicks extends DerivedTicks {
    private final Fields fields;
    private final BarMaker maker;
    private final Map<String, Entity> entities = new HashMap<>();
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final ArrayDeque<SourcedTick> ready = new ArrayDeque<>();

    /** Bars of an open source, closed with it; as many rules as the source has fields. */
    public BarTicks(TickSource source, BarSpec spec) {
        super(source);
        maker = new BarMaker(spec);
        var own = source.fields();
        if (spec.rules().size() != own.names().size()) {
            throw new BadSource("a rule for each of the fields " + own.names() + " is expected, got " + spec.rules());
        }
        var names = new ArrayList<>(own.names());
        names.add(BarSpec.MISSING);
        fields = new Fields(names, own.targets());
    }

    /** When an entity's next bar closes. */
    private record Due(long at, Entity entity) {}

    private static final class Entity {
        private final String name;
        private final int number;
        private final BarState bars = new BarState();
        private Origin origin;
        private long rows;
        private Traits traits = Traits.NONE;
        private long queued = Long.MAX_VALUE;

        private Entity(String name, int number, Origin origin) {
            this.name = name;
            this.number = number;
            this.origin = origin;
        }
    }

    /** A partition, or all files together. */
    private static final class Stream {
        private final PriorityQueue<Due> due =
                new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingInt(one -> one.entity.number));
        private long time = Long.MIN_VALUE;
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
        var partition = sourced.origin() instanceof Origin.Offset offset ? offset.partition() : -1;
        var stream = streams.computeIfAbsent(partition, unused -> new Stream());
        stream.time = Math.max(stream.time, tick.time());
        closeWhatIsDue(stream);
        var entity =
                entities.computeIfAbsent(tick.entity(), name -> new Entity(name, entities.size(), sourced.origin()));
        if (!maker.add(entity.bars, tick.time(), tick.values())) {
            var why = maker.late(entity.bars, tick.time());
            rejections().add(Rejection.LATE, () -> sourced.origin() + ": " + tick.entity() + ": " + why);
            return;
        }
        entity.origin = sourced.origin();
        entity.traits = tick.traits().or(entity.traits);
        queue(stream, entity);
        closeWhatIsDue(stream);
    }

    private void closeWhatIsDue(Stream stream) {
        for (var first = stream.due.peek(); first != null && first.at <= stream.time; first = stream.due.peek()) {
            stream.due.remove();
            var entity = first.entity;
            if (first.at == entity.queued) {
                for (var bar = maker.next(entity.bars, first.at);
                        bar != null;
                        bar = maker.next(entity.bars, first.at)) {
                    emit(entity, new Tick(entity.name, bar.start(), bar.values(), bar.missing(), entity.traits));
                }
                queue(stream, entity);
            }
        }
    }

    /** An entity is due at one time; what was queued for another is passed over. */
    private void queue(Stream stream, Entity entity) {
        var at = maker.due(entity.bars);
        if (at != entity.queued) {
            entity.queued = at;
            if (at < Long.MAX_VALUE) {
                stream.due.add(new Due(at, entity));
            }
        }
    }

    private void emit(Entity entity, Tick bar) {
        for (var target = 0; target < fields.targets().size(); target++) {
            if (Double.isNaN(bar.values()[target]) && !bar.missing()) {
                var field = fields.targets().get(target);
                rejections().add(Rejection.MISSING_FIELD, () -> entity.origin + ": no " + field + " in its bar");
                return;
            }
        }
        ready.add(new SourcedTick(bar, entity.rows++, entity.origin));
    }
}
