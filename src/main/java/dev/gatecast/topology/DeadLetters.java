package dev.gatecast.topology;

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

    /** Reason of a letter whose tick met an error of ours or of Kafka's instead of being rejected. */
    static final String FAILED = "FAILED";

    /** Length of a value that was cut because it would not fit. */
    static final String CUT = "gatecast.value.bytes";

    /** Length of a key that was cut because it would not fit. */
    static final String KEY_CUT = "gatecast.key.bytes";

    /** Where a tick was read that has since been repartitioned: topic/partition/offset. */
    static final String ORIGIN = "gatecast.origin";

    private static final int LONGEST_MESSAGE = 2_000;
    private static final int CUT_TO = 64 << 10;
    private static final int CUT_KEY_TO = 256;

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

    /**
     * A letter that its topic takes: what would not fit is cut, and a header says how long it was.
     *
     * @param headers of the letter, which are added to. Modified.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Letter(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        static Letter fitting(byte @Nullable [] key, byte @Nullable [] value, Headers headers, int limit) {
            int room = limit - RecordLimits.size(headers);
            if (length(key) + length(value) <= room) {
                return new Letter(key, value, headers);
            }
            var shortKey = cut(key, CUT_KEY_TO, KEY_CUT, headers);
            int left = limit - RecordLimits.size(headers) - length(shortKey) - CUT.length() - 2 * Long.BYTES;
            return new Letter(shortKey, cut(value, Math.min(CUT_TO, Math.max(0, left)), CUT, headers), headers);
        }

        private static byte @Nullable [] cut(byte @Nullable [] bytes, int to, String header, Headers headers) {
            if (bytes == null || bytes.length <= to) {
                return bytes;
            }
            headers.add(header, text(String.valueOf(bytes.length)));
            return Arrays.copyOf(bytes, to);
        }

        private static int length(byte @Nullable [] bytes) {
            return bytes == null ? 0 : bytes.length;
        }
    }

    static Headers headers(Position position, String reason, String message) {
        var shown = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + " ...";
        return new RecordHeaders()
                .add(TOPIC, text(position.topic()))
                .add(PARTITION, text(String.valueOf(position.partition())))
                .add(OFFSET, text(String.valueOf(position.offset())))
                .add(MESSAGE, text(shown))
                .add(REASON, text(reason));
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
