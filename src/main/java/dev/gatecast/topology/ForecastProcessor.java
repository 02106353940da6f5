package dev.gatecast.topology;

import dev.gatecast.codec.Decoded;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Targets;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.StreamClock;
import dev.gatecast.kafka.SentAt;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes ticks and activations in the order in which Streams merges them: gets the entity's state, advances it, forwards
 * what came of it. One per task.
 */
final class ForecastProcessor
        implements Processor<byte[], Incoming, byte[], byte[]>, StreamClock.Door<Record<byte[], Incoming>> {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastProcessor.class);

    /** Bars closed at a time; a million at once would outlast the transaction. */
    private static final int MOST_BARS = 2_000;

    /** How soon those that are left over are closed where no tick comes. */
    private static final Duration CATCH_UP = Duration.ofMillis(50);

    private static final Headers NO_HEADERS = new RecordHeaders();

    private final TopologyParts parts;
    private final TickStep step;
    private final Targets targets;
    private final TickStep.Result result = new TickStep.Result();

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    private ProcessorContext<byte[], byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private EntityStore entities;

    @SuppressWarnings("NullAway.Init")
    private TaskTimeline timeline;

    @SuppressWarnings("NullAway.Init")
    private LiveTasks.Task task;

    @SuppressWarnings("NullAway.Init")
    private Rejects<byte[]> rejects;

    private @Nullable TaskBars bars;
    private @Nullable Cancellable catchingUp;

    ForecastProcessor(TopologyParts parts) {
        this.parts = parts;
        this.step = parts.steps().get();
        this.targets = parts.formats().ticks().format().series();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        entities = context.getStateStore(Names.ENTITY_STORE);
        timeline = new TaskTimeline(
                context.getStateStore(Names.TIMELINE_STORE),
                context.getStateStore(Names.BLOB_STORE),
                parts.formats().activations(),
                parts.library());
        rejects = new Rejects<>(context, Names.DEAD_LETTERS, bytes -> bytes, parts);
        timeline.announce(entities.clock().time());
        task = new LiveTasks.Task(entities, timeline);
        parts.onlookers().tasks().add(task);
        var spec = parts.settings().input().bars();
        if (spec != null) {
            bars = new TaskBars(spec, entities, step::newState);
            closeDue(bars, NO_HEADERS);
        }
    }

    @Override
    public void close() {
        parts.onlookers().tasks().remove(task);
    }

    @Override
    public void process(Record<byte[], Incoming> record) {
        if (!(record.value() instanceof Incoming.OfTicks incoming)) {
            activation(record);
            return;
        }
        var decoded = incoming.decode(parts.formats().ticks(), record.key(), record.timestamp());
        if (decoded instanceof Decoded.Good good) {
            entities.clock().offer(good.tick(), record, this);
        } else if (decoded instanceof Decoded.Bad bad) {
            rejects.reject(record, bad.reason(), bad.message());
        }
    }

    private void activation(Record<byte[], Incoming> record) {
        var bytes = record.value().bytes();
        if (bytes == null) {
            rejects.reject(record, Rejection.NULL_VALUE, "an activation was expected, the record has no value");
            return;
        }
        try {
            var activation = timeline.add(bytes);
            parts.metrics().activation();
            parts.onlookers().listener().activated(activation);
            LOG.info(
                    "Task {}: model {} from event time {} on (activation {})",
                    context.taskId(),
                    activation.modelId(),
                    activation.effectiveFrom(),
                    activation.sequence());
            timeline.announce(
                    Math.max(activation.effectiveFrom(), entities.clock().time()));
        } catch (UndecodableException e) {
            rejects.reject(record, Rejection.UNDECODABLE, "an activation was expected: " + e.getMessage());
        }
    }

    @Override
    public @Nullable Record<byte[], Incoming> keep(Record<byte[], Incoming> record) {
        return HeldRecord.of(record, rejects.position(record.headers()));
    }

    @Override
    public void take(Record<byte[], Incoming> record) {
        if (record.value() instanceof Incoming.OfTicks incoming
                && incoming.decode(parts.formats().ticks(), record.key(), record.timestamp())
                        instanceof Decoded.Good good) {
            tick(record, good.tick());
        }
    }

    @Override
    public void refuse(Record<byte[], Incoming> record, String reason) {
        rejects.reject(record, Rejection.FUTURE, reason);
    }

    private void tick(Record<byte[], Incoming> record, Tick tick) {
        long begin = System.nanoTime();
        if (bars == null ? advance(record, tick) : take(bars, record, tick)) {
            measure(record, System.nanoTime() - begin);
        }
    }

    /** Puts a tick into its bar, after those that its time closes; false where it is late. */
    private boolean take(TaskBars bars, Record<byte[], Incoming> record, Tick tick) {
        for (var bar = bars.close(tick.entity()); bar != null; bar = bars.close(tick.entity())) {
            advance(ofBar(bar, record.headers()), bar);
        }
        var late = bars.add(tick);
        if (late != null) {
            rejects.reject(record, Rejection.LATE, late);
        }
        closeDue(bars, record.headers());
        return late == null;
    }

    /** Closes what is due, or some of it now and the rest soon. */
    private void closeDue(TaskBars bars, Headers headers) {
        for (int i = 0; i < MOST_BARS; i++) {
            var entity = bars.due();
            var bar = entity == null ? null : bars.close(entity);
            if (bar == null) {
                leftOver(bars, false);
                return;
            }
            advance(ofBar(bar, headers), bar);
        }
        leftOver(bars, true);
    }

    /** Looks for the rest again and again while there is some: each look makes Streams commit. */
    private void leftOver(TaskBars bars, boolean some) {
        if (some && catchingUp == null) {
            catchingUp = context.schedule(CATCH_UP, PunctuationType.WALL_CLOCK_TIME, now -> closeDue(bars, NO_HEADERS));
        } else if (!some && catchingUp != null) {
            catchingUp.cancel();
            catchingUp = null;
        }
    }

    /** What stands for the record that a bar is not. */
    private static Record<byte[], Incoming> ofBar(Tick bar, Headers headers) {
        var key = DeadLetters.text(bar.entity());
        return new Record<>(key, new Incoming.OfTicks(null), Math.max(0, bar.time()), headers);
    }

    /** Advances all series of the entity by a tick or a bar; false where all reject it. */
    private boolean advance(Record<byte[], Incoming> record, Tick tick) {
        boolean advanced = false;
        for (int target = 0; target < targets.count(); target++) {
            advanced |= advanceSeries(record, targets.tick(tick, target));
        }
        return advanced;
    }

    private boolean advanceSeries(Record<byte[], Incoming> record, Tick tick) {
        long begin = System.nanoTime();
        result.clear();
        var governing = timeline.at(tick.time());
        entities.update(tick.entity(), step::newState, entity -> {
            step.advance(entity.state, tick, governing, result);
            if (result.forecast != null) {
                entity.forecast = result.forecast;
            }
            if (result.alert != null) {
                entity.alert = result.alert;
            }
        });
        if (result.rejection != null) {
            rejects.reject(record, result.rejection, result.reason);
            return false;
        }
        emit(record, tick);
        long nanos = System.nanoTime() - begin;
        parts.onlookers()
                .listener()
                .advanced(result.taken == null ? tick : result.taken, result.forecast, result.alert, nanos);
        if (result.commit) {
            context.commit();
        }
        return true;
    }

    private void emit(Record<byte[], Incoming> record, Tick tick) {
        var topics = parts.settings().topics();
        var forecast = result.forecast;
        if (forecast != null) {
            var value = parts.formats().forecasts().encode(forecast);
            if (forward(record, tick, value, Names.FORECASTS, topics.forecasts())) {
                parts.metrics().forecast();
            }
        }
        var alert = result.alert;
        if (alert != null) {
            var value = parts.formats().alerts().encode(alert);
            if (forward(record, tick, value, Names.ALERTS, topics.alerts())) {
                parts.metrics().alert(alert.phase());
            }
        }
    }

    /** Sends it on, or the tick to the dead letters where the topic would not take it. */
    private boolean forward(Record<byte[], Incoming> record, Tick tick, byte[] value, String sink, String topic) {
        var headers = new RecordHeaders();
        SentAt.pass(record.headers(), headers);
        var key = targets.count() == 1 ? record.key() : DeadLetters.text(tick.entity());
        int size = value.length + key.length + RecordLimits.size(headers);
        int limit = parts.onlookers().limits().of(topic);
        if (size > limit) {
            rejects.unsent(
                    record,
                    "a record of " + size + " bytes for topic '" + topic + "', which takes at most " + limit
                            + ": raise its max.message.bytes (and producer.max.request.size), or forecast fewer"
                            + " horizons or quantiles; then restart");
            return false;
        }
        context.forward(new Record<>(key, value, tick.time(), headers), sink);
        return true;
    }

    private void measure(Record<byte[], Incoming> record, long nanos) {
        parts.metrics().tick(nanos);
        long age = SentAt.age(record.headers());
        if (age >= 0) {
            parts.metrics().delay(age);
        }
    }
}
