package dev.gatecast.app;

import dev.gatecast.event.Tick;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/**
 * The ticks of a replay that an earlier run has left on the topic. Ticks are sent by time and a partition keeps their
 * order, so all before the newest of their partition are there; those of the newest time itself may be missing in part
 * and count as absent. Sent twice, a tick is refused as a duplicate.
 *
 * @param partitions of the topic
 * @param newest largest record timestamp of each partition that has any, milliseconds since the epoch
 */
record AlreadyThere(int partitions, Map<Integer, Long> newest) {
    /** Asks the brokers. */
    static AlreadyThere on(Cluster cluster) {
        try (var admin = cluster.admin()) {
            int partitions = admin.partitions(cluster.topics().names().ticks()).orElseThrow();
            return new AlreadyThere(partitions, admin.newestTickTimes());
        }
    }

    /** Whether the tick is there for certain. */
    boolean contains(Tick tick) {
        return tick.time() < newest.getOrDefault(partition(tick.entity()), Long.MIN_VALUE);
    }

    /** Where Kafka's producer puts a key. */
    private int partition(String entity) {
        return Utils.toPositive(Utils.murmur2(entity.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
