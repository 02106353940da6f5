package dev.gatecast.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a dead letter looks like: the key and the value as they came, and headers that say where from and why. The names
 * of the first five are those of Kafka Streams itself (KIP-1034).
 */
final class DeadLetters {
    static final String TOPIC = "__streams.errors.topic";
    static final String PARTITION = "__streams.errors.partition";
    static final String OFFSET = "__streams.errors.offset";
    static final String MESSAGE = "__streams.errors.message";
    static final String EXCEPTION = "__streams.errors.exception";

    /** The name of a {@link dev.gatecast.event.Rejection}, or {@code FAILED}. */
    static final String REASON = "gatecast.reason";

    /** Length of a value that was cut because it would not fit. */
    static final String CUT = "gatecast.value.bytes";

    /** Where a tick was read that has since been repartitioned: topic/partition/offset. */
    static final String ORIGIN = "gatecast.origin";

    /** When a producer sent a tick, nanoseconds since the epoch, eight bytes; only for measuring. */
    static final String SENT_AT = "gatecast.sent-at";

    private static final int LONGEST_VALUE = 900_000;
    private static final int CUT_TO = 64 << 10;

    private DeadLetters() {}

    /** Where a record was read. */
    record Position(String topic, int partition, long offset) {
        byte[] bytes() {
            return text(topic + "/" + partition + "/" + offset);
        }

        /** The position before a repartition where the headers tell it, else this. */
        Position orOrigin(Headers headers) {
            var header = headers.lastHeader(ORIGIN);
            if (header == null) {
                return this;
            }
            var parts = new String(header.value(), StandardCharsets.UTF_8).split("/", 3);
            return new Position(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
        }
    }

    static Headers headers(Position position, String reason, String message) {
        return new RecordHeaders()
                .add(TOPIC, text(position.topic()))
                .add(PARTITION, text(String.valueOf(position.partition())))
                .add(OFFSET, text(String.valueOf(position.offset())))
                .add(MESSAGE, text(message))
                .add(REASON, text(reason));
    }

    /** The value, cut where the dead letters' topic would not take it; then a header says how long it was. */
    static byte @Nullable [] fitting(byte @Nullable [] value, Headers headers) {
        if (value == null || value.length <= LONGEST_VALUE) {
            return value;
        }
        headers.add(CUT, text(String.valueOf(value.length)));
        return Arrays.copyOf(value, CUT_TO);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static long nanos(byte[] sentAt) {
        return sentAt.length == Long.BYTES ? ByteBuffer.wrap(sentAt).getLong() : 0;
    }
}
