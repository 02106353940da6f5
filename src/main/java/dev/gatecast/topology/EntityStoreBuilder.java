package dev.gatecast.topology;

import dev.gatecast.codec.Codec;
import dev.gatecast.forecast.EntityState;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds the store of entity states: decoded objects over RocksDB and its changelog. */
final class EntityStoreBuilder implements StoreBuilder<EntityStore> {
    private final StoreBuilder<KeyValueStore<byte[], byte[]>> bytes;
    private final Supplier<? extends Codec<EntityState>> codecs;
    private final int capacity;
    private final Supplier<TaskClock> clocks;

    EntityStoreBuilder(
            String name, Supplier<? extends Codec<EntityState>> codecs, int capacity, Supplier<TaskClock> clocks) {
        this.bytes = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingDisabled();
        this.codecs = codecs;
        this.capacity = capacity;
        this.clocks = clocks;
    }

    @Override
    public EntityStore build() {
        return new EntityStore(bytes.build(), codecs.get(), capacity, clocks.get());
    }

    @Override
    public StoreBuilder<EntityStore> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<EntityStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<EntityStore> withLoggingEnabled(Map<String, String> config) {
        bytes.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<EntityStore> withLoggingDisabled() {
        bytes.withLoggingDisabled();
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return bytes.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return bytes.loggingEnabled();
    }

    @Override
    public String name() {
        return bytes.name();
    }
}
