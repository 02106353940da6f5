package dev.gatecast.topology;

/** Names of all nodes and stores; what Kafka keeps of them (changelogs, repartition topic) outlives a release. */
final class Names {
    static final String TICKS = "ticks-source";
    static final String RAW_TICKS = "raw-ticks-source";
    static final String REKEY = "rekey";

    /** What Kafka Streams makes of this name: its topic, and the nodes before and after it. */
    static final String BY_ENTITY = "ticks-by-entity";

    static final String TO_BY_ENTITY = BY_ENTITY + "-repartition-filter";
    static final String BY_ENTITY_SOURCE = BY_ENTITY + "-repartition-source";

    static final String ACTIVATIONS = "activations-source";
    static final String FORECAST = "forecast";
    static final String FORECASTS = "forecasts-sink";
    static final String ALERTS = "alerts-sink";
    static final String DEAD_LETTERS = "dead-letters-sink";
    static final String REKEY_DEAD_LETTERS = "rekey-dead-letters-sink";
    static final String MODELS = "models-source";
    static final String LIBRARY = "models-global";
    static final String ENTITY_STORE = "entities";
    static final String TIMELINE_STORE = "activation-timeline";
    static final String BLOB_STORE = "model-blobs";

    private Names() {}
}
