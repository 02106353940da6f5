package dev.gatecast.kafka;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;

/**
 * The header {@value #NAME}: when a producer sent a tick, nanoseconds since the epoch, eight bytes. Forecasts and alerts
 * carry their tick's on, so that any consumer can tell how long a tick took. Only for measuring; nothing else reads it.
 */
public final class SentAt {
    public static final String NAME = "gatecast.sent-at";

    private SentAt() {}

    /** Notes that a record is sent now. {@code headers} Modified. */
    public static void mark(Headers headers) {
        headers.add(NAME, ByteBuffer.allocate(Long.BYTES).putLong(now()).array());
    }

    /** Hands a tick's header on to what came of it; without one does nothing. {@code to} Modified. */
    public static void pass(Headers from, Headers to) {
        var header = from.lastHeader(NAME);
        if (header != null) {
            to.add(header);
        }
    }

    /** Nanoseconds since the tick was sent, by this machine's clock and not below 0; -1 where there is no such header. */
    public static long age(Headers headers) {
        var header = headers.lastHeader(NAME);
        return header == null || header.value() == null || header.value().length != Long.BYTES
                ? -1
                : Math.max(0, now() - ByteBuffer.wrap(header.value()).getLong());
    }

    private static long now() {
        var now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
