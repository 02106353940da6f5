package dev.gatecast.app;

import dev.gatecast.kafka.KafkaFault;
import dev.gatecast.kafka.SentAt;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the forecasts from now on as any consumer of theirs does, committed ones only, and notes how long ago each one's
 * tick was sent. A thread of its own reads until it is closed.
 */
final class ForecastReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long CLOSE_MILLIS = 5_000;

    private final ConcurrentHistogram ages = new ConcurrentHistogram(LONGEST_NANOS, 2);
    private final long begin = System.nanoTime();
    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::read, "gatecast-forecast-reader");

    ForecastReader(Cluster cluster) {
        var topic = cluster.topics().names().forecasts();
        consumer = cluster.clients().consumer();
        try {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position); // now and not at the first poll
        } catch (KafkaException e) {
            consumer.close();
            throw new KafkaFault("Topic '" + topic + "' cannot be read: " + e.getMessage(), e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try (consumer) {
            while (true) {
                consumer.poll(POLL).forEach(record -> note(SentAt.age(record.headers())));
            }
        } catch (WakeupException e) {
            LOG.debug("closed");
        } catch (KafkaException e) {
            LOG.warn("the forecasts are not read any more, so the end-to-end times are incomplete", e);
        }
    }

    /** Of ticks that were sent since this began: an earlier start may have left some without a forecast. */
    private void note(long age) {
        if (age >= 0 && age <= System.nanoTime() - begin) {
            ages.recordValue(Math.min(age, LONGEST_NANOS));
        }
    }

    /** Seconds that a share (0.5, 0.99) of the forecasts read so far took since their tick was sent; NaN without any. */
    double age(double share) {
        return ages.getTotalCount() == 0 ? Double.NaN : ages.getValueAtPercentile(100 * share) / 1e9;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
