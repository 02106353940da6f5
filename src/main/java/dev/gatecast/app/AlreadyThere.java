package dev.gatecast.app;

import dev.gatecast.event.Tick;
import dev.gatecast.kafka.KafkaFault;
import dev.gatecast.kafka.KeyPartition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The ticks of a replay that an earlier run has left on the topic. Ticks are sent by time and a partition keeps their
 * order, so all before the newest of their partition are there; of the newest time itself those that can be read. The
 * partitions may end at different times, as after a kill.
 *
 * @param partitions of the topic
 * @param ends where each partition ends that has any tick
 */
record AlreadyThere(int partitions, Map<Integer, End> ends) {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * The end of a partition.
     *
     * @param newest largest record timestamp, milliseconds since the epoch
     * @param entities those with a tick of that time
     */
    record End(long newest, Set<String> entities) {}

    /** Asks the brokers. */
    static AlreadyThere on(Cluster cluster) {
        var topic = cluster.topics().names().ticks();
        try (var admin = cluster.admin();
                var consumer = cluster.clients().consumer()) {
            int partitions = admin.partitions(topic).orElseThrow();
            var ends = new HashMap<Integer, End>();
            admin.newestTickTimes()
                    .forEach((partition, newest) -> ends.put(
                            partition,
                            new End(newest, entities(consumer, new TopicPartition(topic, partition), newest))));
            return new AlreadyThere(partitions, ends);
        }
    }

    /** Whose ticks of a time are in a partition. */
    private static Set<String> entities(Consumer<byte[], byte[]> consumer, TopicPartition partition, long time) {
        var found = new HashSet<String>();
        var first = consumer.offsetsForTimes(Map.of(partition, time)).get(partition);
        if (first == null) {
            return found;
        }
        long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
        consumer.assign(Set.of(partition));
        consumer.seek(partition, first.offset());
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (consumer.position(partition) < end) {
            if (System.nanoTime() > deadline) {
                throw new KafkaFault("Reading the end of " + partition + " took longer than " + LIMIT.toSeconds()
                        + " s. Check the brokers' health and try again");
            }
            for (var record : consumer.poll(POLL)) {
                if (record.timestamp() == time && record.key() != null) {
                    found.add(new String(record.key(), StandardCharsets.UTF_8));
                }
            }
        }
        return found;
    }

    /** Whether the tick is there. */
    boolean contains(Tick tick) {
        var end = ends.get(KeyPartition.of(tick.entity(), partitions));
        return end != null
                && (tick.time() < end.newest()
                        || (tick.time() == end.newest() && end.entities().contains(tick.entity())));
    }

    /** Event time that no tick there is after, milliseconds since the epoch; Long.MIN_VALUE without any. */
    long newest() {
        return ends.values().stream().mapToLong(End::newest).max().orElse(Long.MIN_VALUE);
    }
}
