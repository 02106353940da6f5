package dev.gatecast.topology;

import dev.gatecast.codec.Decoded;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.kafka.SentAt;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes ticks and activations in the order in which Streams merges them: gets the entity's state, advances it, forwards
 * what came of it. One per task.
 */
final class ForecastProcessor implements Processor<byte[], Incoming, byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastProcessor.class);

    private final TopologyParts parts;
    private final TickStep step;
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

    ForecastProcessor(TopologyParts parts) {
        this.parts = parts;
        this.step = parts.steps().get();
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
            tick(record, good.tick());
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
                    "Task {}: model {} is used from event time {} on (activation {})",
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

    private void tick(Record<byte[], Incoming> record, Tick tick) {
        long begin = System.nanoTime();
        var clock = entities.clock();
        if (!clock.admits(tick.time())) {
            rejects.reject(record, Rejection.FUTURE, clock.reason(tick.time()));
            return;
        }
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
            return;
        }
        emit(record, tick);
        long nanos = System.nanoTime() - begin;
        parts.onlookers().listener().advanced(tick, result.forecast, result.alert, nanos);
        measure(record, nanos);
        if (result.commit) {
            context.commit();
        }
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
        int size = value.length + record.key().length + RecordLimits.size(headers);
        int limit = parts.onlookers().limits().of(topic);
        if (size > limit) {
            rejects.unsent(
                    record,
                    "a record of " + size + " bytes for topic '" + topic + "', which takes at most " + limit
                            + ": raise its max.message.bytes (and producer.max.request.size), or forecast fewer"
                            + " horizons or quantiles; then restart");
            return false;
        }
        context.forward(new Record<>(record.key(), value, tick.time(), headers), sink);
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
