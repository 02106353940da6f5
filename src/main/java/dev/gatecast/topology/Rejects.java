package dev.gatecast.topology;

import dev.gatecast.event.Rejection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a processor could not process, logs the first of each kind, and sends it to the dead letters. */
final class Rejects<V> {
    private static final Logger LOG = LoggerFactory.getLogger(Rejects.class);

    /** Kinds are logged at their 1st, 10th, 100th, … occurrence, so that a flood of them does not flood the log. */
    private static final long LOG_FACTOR = 10;

    private final ProcessorContext<byte[], V> context;
    private final String sink;
    private final Function<byte @Nullable [], V> wrap;
    private final TopologyMetrics metrics;
    private final ForecastListener listener;
    private final boolean late;
    private final IntSupplier limit;
    private final Flood unsent = new Flood();
    private final Map<Rejection, Flood> floods = new EnumMap<>(Rejection.class);

    /**
     * @param sink the sink node of the dead letters
     * @param wrap makes what that sink takes of a letter's bytes
     */
    Rejects(
            ProcessorContext<byte[], V> context,
            String sink,
            Function<byte @Nullable [], V> wrap,
            TopologyParts parts) {
        this.context = context;
        this.sink = sink;
        this.wrap = wrap;
        this.metrics = parts.metrics();
        this.listener = parts.onlookers().listener();
        this.late = parts.settings().input().lateToDeadLetters();
        var topic = parts.settings().topics().deadLetters();
        this.limit = () -> parts.onlookers().limits().of(topic);
    }

    void reject(Record<byte[], Incoming> record, Rejection reason, String message) {
        metrics.rejection(reason);
        listener.rejected(reason);
        var position = position(record.headers());
        log(reason, message, position);
        if (late || (reason != Rejection.LATE && reason != Rejection.DUPLICATE)) {
            send(record, position, reason.name(), message);
        }
    }

    /** A tick that advanced its entity, but something that came of it cannot be sent. */
    void unsent(Record<byte[], Incoming> record, String message) {
        metrics.failure();
        var position = position(record.headers());
        if (unsent.rises()) {
            LOG.error(
                    "Not sent for {}-{} at offset {}: {} ({} of this kind in task {})",
                    position.topic(),
                    position.partition(),
                    position.offset(),
                    message,
                    unsent.seen,
                    context.taskId());
        }
        send(record, position, DeadLetters.FAILED, message);
    }

    private void send(Record<byte[], Incoming> record, DeadLetters.Position position, String reason, String message) {
        var headers = DeadLetters.headers(position, reason, message);
        var letter = DeadLetters.Letter.fitting(record.key(), record.value().bytes(), headers, limit.getAsInt());
        context.forward(new Record<>(letter.key(), wrap.apply(letter.value()), record.timestamp(), headers), sink);
        metrics.deadLetter();
    }

    /** Where the record at hand was first read. */
    DeadLetters.Position position(Headers headers) {
        return context.recordMetadata()
                .map(metadata -> position(metadata))
                .orElse(new DeadLetters.Position("", -1, -1))
                .orOrigin(headers);
    }

    static DeadLetters.Position position(RecordMetadata metadata) {
        return new DeadLetters.Position(metadata.topic(), metadata.partition(), metadata.offset());
    }

    private void log(Rejection reason, String message, DeadLetters.Position position) {
        var flood = floods.computeIfAbsent(reason, unused -> new Flood());
        if (flood.rises()) {
            LOG.warn(
                    "Rejected {}-{} at offset {}: {}: {} ({} of this kind in task {})",
                    position.topic(),
                    position.partition(),
                    position.offset(),
                    reason,
                    message,
                    flood.seen,
                    context.taskId());
        }
    }

    /** How many of a kind have come, and whether their number has grown by a factor since it was last told. */
    private static final class Flood {
        private long seen;
        private long next = 1;

        boolean rises() {
            seen++;
            if (seen < next) {
                return false;
            }
            next = seen * LOG_FACTOR;
            return true;
        }
    }
}
