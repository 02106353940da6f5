package dev.gatecast.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a record that something failed on: it goes to the dead letters, and the next one is taken. Faults of
 * Kafka, and models that cannot be had, are no fault of a record and end the task.
 */
final class ErrorHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorHandlers.class);
    private static final String PARTS = "gatecast.parts";

    private ErrorHandlers() {}

    /** Configuration of Kafka Streams that puts the handlers in place. */
    static Map<String, Object> settings(TopologyParts parts) {
        return Map.of(
                PARTS,
                parts,
                "deserialization.exception.handler",
                Deserialization.class,
                "processing.exception.handler",
                Processing.class,
                "production.exception.handler",
                Production.class);
    }

    /** What the three have in common. */
    private abstract static class Handler {
        private @Nullable TopologyParts parts;

        void take(Map<String, ?> configs) {
            parts = configs.get(PARTS) instanceof TopologyParts given ? given : null;
        }

        Optional<TopologyParts> parts() {
            return Optional.ofNullable(parts);
        }

        List<ProducerRecord<byte[], byte[]>> letters(
                ErrorHandlerContext context, byte @Nullable [] key, byte @Nullable [] value, Exception error) {
            LOG.error(
                    "Failed on {}-{} at offset {}, which goes to the dead letters",
                    context.topic(),
                    context.partition(),
                    context.offset(),
                    error);
            if (parts == null) {
                return List.of();
            }
            parts.metrics().failure();
            parts.metrics().deadLetter();
            var position = new DeadLetters.Position(context.topic(), context.partition(), context.offset())
                    .orOrigin(context.headers());
            var headers = DeadLetters.headers(position, DeadLetters.FAILED, String.valueOf(error.getMessage()))
                    .add(
                            DeadLetters.EXCEPTION,
                            DeadLetters.text(error.getClass().getName()));
            var topic = parts.settings().topics().deadLetters();
            int limit = parts.onlookers().limits().of(topic);
            var letter = DeadLetters.Letter.fitting(key, value, headers, limit);
            return List.of(new ProducerRecord<>(topic, null, time(context), letter.key(), letter.value(), headers));
        }

        private static long time(ErrorHandlerContext context) {
            return Math.max(0, context.timestamp());
        }
    }

    /** Sources take bytes, so only a fault of ours gets here. */
    public static final class Deserialization extends Handler implements DeserializationExceptionHandler {
        @Override
        public void configure(Map<String, ?> configs) {
            take(configs);
        }

        @Override
        public DeserializationExceptionHandler.Response handleError(
                ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
            return DeserializationExceptionHandler.Response.resume(
                    letters(context, record.key(), record.value(), exception));
        }
    }

    /** An exception out of a node. */
    public static final class Processing extends Handler implements ProcessingExceptionHandler {
        @Override
        public void configure(Map<String, ?> configs) {
            take(configs);
        }

        @Override
        public ProcessingExceptionHandler.Response handleError(
                ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
            return exception instanceof KafkaException
                    ? ProcessingExceptionHandler.Response.fail()
                    : ProcessingExceptionHandler.Response.resume(
                            letters(context, key(context, record), value(context, record), exception));
        }

        private static byte @Nullable [] key(ErrorHandlerContext context, Record<?, ?> record) {
            return record.key() instanceof byte[] key ? key : context.sourceRawKey();
        }

        private static byte @Nullable [] value(ErrorHandlerContext context, Record<?, ?> record) {
            return record.value() instanceof Incoming incoming ? incoming.bytes() : context.sourceRawValue();
        }
    }

    /**
     * A record that Kafka did not take. Its transaction is lost with it, so going on would fail at the commit; what is
     * too large is sorted out before it is sent ({@link RecordLimits}).
     */
    public static final class Production extends Handler implements ProductionExceptionHandler {
        @Override
        public void configure(Map<String, ?> configs) {
            take(configs);
        }

        @Override
        public ProductionExceptionHandler.Response handleError(
                ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
            if (exception instanceof RecordTooLargeException) {
                parts().ifPresent(parts -> parts.onlookers().limits().refused(record.topic()));
            }
            return ProductionExceptionHandler.Response.fail();
        }

        @Override
        @SuppressWarnings("rawtypes") // as Kafka declares it
        public ProductionExceptionHandler.Response handleSerializationError(
                ErrorHandlerContext context,
                ProducerRecord record,
                Exception exception,
                SerializationExceptionOrigin origin) {
            return ProductionExceptionHandler.Response.resume(
                    letters(context, context.sourceRawKey(), context.sourceRawValue(), exception));
        }
    }
}
