package dev.gatecast.broker;

import java.util.List;
import java.util.Map;

/** The libraries that only the broker needs. An image for production leaves them out. */
public final class BrokerJars {
    /** A class of each that this package uses. */
    private static final Map<String, String> ONE_OF_EACH = Map.of(
            "kafka_2.13", "kafka/server/KafkaRaftServer.class",
            "kafka-metadata", "org/apache/kafka/metadata/storage/Formatter.class",
            "kafka-server", "org/apache/kafka/server/ServerSocketFactory.class",
            "kafka-server-common", "org/apache/kafka/server/common/MetadataVersion.class");

    private BrokerJars() {}

    /** Names of those that are not on the class path, in order; empty where a broker can be started. */
    public static List<String> missing() {
        var loader = BrokerJars.class.getClassLoader();
        return ONE_OF_EACH.entrySet().stream()
                .filter(jar -> loader.getResource(jar.getValue()) == null)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
