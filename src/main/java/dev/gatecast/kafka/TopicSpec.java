package dev.gatecast.kafka;

import java.util.Map;

/**
 * What one of our topics has to be like.
 *
 * @param name its name
 * @param cleanup how old records go
 * @param width how many partitions it has
 * @param settings topic settings that it is created with
 */
public record TopicSpec(String name, Cleanup cleanup, Width width, Map<String, String> settings) {

    /** The same for a topic of another name. */
    TopicSpec named(String other) {
        return new TopicSpec(other, cleanup, width, settings);
    }

    /** How old records go. */
    public enum Cleanup {
        /** By age or size. */
        DELETE,
        /** The newest record of each key stays for ever. */
        COMPACT
    }

    /** How many partitions. */
    public enum Width {
        /** Exactly one. */
        ONE,
        /** As many as the ticks, because the topology reads them side by side. */
        AS_TICKS,
        /** As many as the ticks when it is created; any number will do. */
        FREE
    }
}
