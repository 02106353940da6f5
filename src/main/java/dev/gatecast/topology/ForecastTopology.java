package dev.gatecast.topology;

import dev.gatecast.forecast.StreamClock;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/**
 * Wires the nodes: ticks and activations, partition by partition, into one processor; models into every task; forecasts,
 * alerts and dead letters out.
 */
final class ForecastTopology {
    private static final ByteArrayDeserializer BYTES = new ByteArrayDeserializer();
    private static final ByteArraySerializer TO_BYTES = new ByteArraySerializer();
    private static final Deserializer<Incoming> TICKS = (topic, bytes) -> new Incoming.OfTicks(bytes);
    private static final Deserializer<Incoming> ACTIVATIONS = (topic, bytes) -> new Incoming.OfActivations(bytes);
    private static final Serializer<Incoming> AS_CAME = (topic, incoming) -> incoming.bytes();

    private final TopologyParts parts;
    private final TopologySettings settings;

    ForecastTopology(TopologyParts parts) {
        this.parts = parts;
        this.settings = parts.settings();
    }

    /**
     * Builds the topology.
     *
     * @param partitions how many the ticks have, for the repartition topic
     */
    Topology build(int partitions, StreamsConfig config) {
        var topology = settings.input().entityFromField() ? repartitioned(partitions, config) : direct(config);
        topology.addSource(
                AutoOffsetReset.earliest(),
                Names.ACTIVATIONS,
                new ActivationTime(),
                BYTES,
                ACTIVATIONS,
                settings.topics().activations());
        addForecasts(topology);
        addModels(topology);
        return topology;
    }

    private Topology direct(StreamsConfig config) {
        return new Topology(new TopologyConfig(config))
                .addSource(
                        AutoOffsetReset.earliest(),
                        Names.TICKS,
                        tickTime(),
                        BYTES,
                        TICKS,
                        settings.topics().ticks());
    }

    private Topology repartitioned(int partitions, StreamsConfig config) {
        Serde<Incoming> ticks = Serdes.serdeFrom(AS_CAME, TICKS);
        var builder = new StreamsBuilder(new TopologyConfig(config));
        var consumed = Consumed.with(Serdes.ByteArray(), ticks)
                .withName(Names.RAW_TICKS)
                .withOffsetResetPolicy(AutoOffsetReset.earliest())
                .withTimestampExtractor(tickTime());
        var rekeyed = builder.stream(settings.topics().ticks(), consumed)
                .process(() -> new RekeyProcessor(parts), Named.as(Names.REKEY));
        rekeyed.repartition(Repartitioned.<byte[], Incoming>as(Names.BY_ENTITY)
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(ticks)
                .withNumberOfPartitions(partitions));
        return builder.build()
                .addSink(Names.REKEY_DEAD_LETTERS, settings.topics().deadLetters(), TO_BYTES, AS_CAME, Names.REKEY);
    }

    private TickTime tickTime() {
        return new TickTime(parts.formats().ticks());
    }

    private void addForecasts(Topology topology) {
        var ticks = settings.input().entityFromField() ? Names.BY_ENTITY_SOURCE : Names.TICKS;
        var entities = new EntityStoreBuilder(
                Names.ENTITY_STORE,
                parts.formats().states(),
                settings.tuning().cacheEntities(),
                () -> new TaskClock(new StreamClock<>(
                        settings.input().futureLimit(), settings.input().futurePatience())));
        var timeline = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Names.TIMELINE_STORE), Serdes.Long(), Serdes.ByteArray())
                .withCachingDisabled();
        topology.addProcessor(Names.FORECAST, () -> new ForecastProcessor(parts), ticks, Names.ACTIVATIONS)
                .addStateStore(entities, Names.FORECAST)
                .addStateStore(timeline, Names.FORECAST)
                .addSink(Names.FORECASTS, settings.topics().forecasts(), TO_BYTES, TO_BYTES, Names.FORECAST)
                .addSink(Names.ALERTS, settings.topics().alerts(), TO_BYTES, TO_BYTES, Names.FORECAST)
                .addSink(Names.DEAD_LETTERS, settings.topics().deadLetters(), TO_BYTES, TO_BYTES, Names.FORECAST);
    }

    private void addModels(Topology topology) {
        var blobs = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Names.BLOB_STORE), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled();
        topology.addGlobalStore(
                blobs, Names.MODELS, BYTES, BYTES, settings.topics().models(), Names.LIBRARY, BlobUpdate::new);
    }
}
