package dev.gatecast.topology;

import dev.gatecast.kafka.TopicAdmin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How large a record each of our output topics takes. Asked before anything is sent: under exactly-once a record that
 * Kafka refuses takes its whole transaction down, and the next attempt would meet it again. Thread-safe.
 */
final class RecordLimits {
    /** Kafka's own default of {@code max.message.bytes} and {@code max.request.size}, less a little. */
    private static final int USUAL = 1_000_000;

    /** What a batch of one record needs besides key, value and headers, and some more. */
    private static final int OVERHEAD = 200;

    private static final int HEADER_OVERHEAD = 10;

    private volatile Map<String, Integer> byTopic = Map.of();
    private final AtomicReference<@Nullable String> refusing = new AtomicReference<>();

    /** Asks Kafka for the topics' limits. A client never sends more than {@code largestRequest} bytes. */
    void read(TopicAdmin admin, List<String> topics, int largestRequest) {
        var found = new HashMap<String, Integer>();
        for (var topic : topics) {
            found.put(topic, Math.min(admin.largestRecord(topic), largestRequest));
        }
        byTopic = Map.copyOf(found);
    }

    /** Bytes of key, value and headers that a topic takes. */
    int of(String topic) {
        return Math.max(0, byTopic.getOrDefault(topic, USUAL) - OVERHEAD);
    }

    /** Notes that a topic has refused a record all the same. */
    void refused(String topic) {
        refusing.compareAndSet(null, topic);
    }

    /** The first topic that has refused a record; empty while none has. */
    Optional<String> refusing() {
        return Optional.ofNullable(refusing.get());
    }

    /** Bytes of headers in a record. */
    static int size(Headers headers) {
        int size = 0;
        for (var header : headers) {
            size += HEADER_OVERHEAD
                    + DeadLetters.text(header.key()).length
                    + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }
}
