package dev.gatecast.topology;

import java.util.Set;

/** The topics that Kafka Streams keeps for an application. */
public final class InternalTopics {
    private InternalTopics() {}

    /** Their names, of which some are there only in some configurations; no other application's name is among them. */
    public static Set<String> of(String application) {
        return Set.of(
                application + "-" + Names.ENTITY_STORE + "-changelog",
                application + "-" + Names.TIMELINE_STORE + "-changelog",
                application + "-" + Names.BY_ENTITY + "-repartition");
    }
}
