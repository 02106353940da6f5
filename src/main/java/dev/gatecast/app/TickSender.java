package dev.gatecast.app;

import dev.gatecast.codec.TickCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.event.Tick;
import dev.gatecast.kafka.KafkaProblem;
import dev.gatecast.kafka.SentAt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes ticks to the ticks topic as the configuration says that they look. Not thread-safe. */
final class TickSender implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final TickCodec codec;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    TickSender(Cluster cluster, TickFormat format) {
        producer = cluster.clients().producer();
        topic = cluster.topics().names().ticks();
        codec = new TickCodec(format);
    }

    /**
     * Sends ticks at a pace and waits for the last to be stored. Ends early when the thread is interrupted.
     *
     * @param ticks ordered by time
     * @return how many were sent
     * @throws KafkaProblem when the broker does not take them
     */
    long send(List<Tick> ticks, Pace pace) {
        var begin = System.nanoTime();
        var sent = 0L;
        for (var tick : ticks) {
            if (!reached(begin + pace.nanos(tick.time() - ticks.get(0).time()))) {
                break;
            }
            send(tick);
            sent++;
        }
        producer.flush();
        check();
        return sent;
    }

    private void send(Tick tick) {
        check();
        var key = tick.entity().getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(topic, null, tick.time(), key, codec.encode(tick));
        SentAt.mark(record.headers());
        producer.send(record, (stored, error) -> failure.compareAndSet(null, error));
    }

    /** Waits; false when interrupted. */
    private static boolean reached(long nanos) {
        for (var left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(left);
        }
        return !Thread.currentThread().isInterrupted();
    }

    private void check() {
        var error = failure.get();
        if (error != null) {
            throw new KafkaProblem("Kafka did not take a tick on topic '" + topic + "': " + error.getMessage(), error);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
