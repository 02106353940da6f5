package dev.gatecast.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Where Kafka's producers put a key: the murmur2 hash of its bytes. */
public final class KeyPartition {
    private KeyPartition() {}

    /**
     * The partition of a key.
     *
     * @param key in UTF-8
     * @param partitions of the topic
     */
    public static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
