package dev.gatecast.app;

import dev.gatecast.codec.TickCodec;
import dev.gatecast.event.Tick;
import dev.gatecast.kafka.KafkaFault;
import dev.gatecast.kafka.SentAt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes ticks to the ticks topic as the configuration says that they look. Not thread-safe. */
final class TickSender implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final TickCodec codec;
    private final StopSignal stop;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** @param stop ends a sending early */
    TickSender(Cluster cluster, TickCodec codec, StopSignal stop) {
        producer = cluster.clients().producer();
        topic = cluster.topics().names().ticks();
        this.codec = codec;
        this.stop = stop;
    }

    /**
     * Sends ticks at a pace and waits for the last to be stored. Ends early when it is told to stop.
     *
     * @param ticks ordered by time
     * @return how many were sent
     * @throws KafkaFault when the broker does not take them
     */
    long send(List<Tick> ticks, Pace pace) {
        var begin = System.nanoTime();
        var sent = 0L;
        for (var tick : ticks) {
            if (stop.asked(begin + pace.nanos(tick.time() - ticks.get(0).time()) - System.nanoTime())) {
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

    private void check() {
        var error = failure.get();
        if (error != null) {
            throw new KafkaFault("Kafka did not take a tick on topic '" + topic + "': " + error.getMessage(), error);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
