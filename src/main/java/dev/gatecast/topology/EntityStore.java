package dev.gatecast.topology;

import dev.gatecast.codec.Codec;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.forecast.EntityState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * The states of a task's entities: the most recently used ones decoded in memory, all of them as bytes in a changelogged
 * RocksDB store below.
 *
 * <p>Decoding and encoding a few kilobytes per tick would cost more than the forecast. So a tick changes the decoded
 * object, and its bytes are written when the task commits, or when the object makes room for another. Streams calls
 * {@link #flushCache()} before it commits a transaction, so state, changelog, output and offsets are committed together;
 * {@link #commit} comes only after that and would be too late. {@code CachedStateStore}, which Kafka's own caching
 * stores implement, is an internal interface: a test holds that it is called as described.
 *
 * <p>The task's thread writes; other threads may read through {@link #view} and {@link #names}.
 */
final class EntityStore implements StateStore, CachedStateStore<byte[], byte[]> {
    /** No entity has the empty name. */
    private static final byte[] CLOCK_KEY = {};

    private static final byte[] AFTER_NAMES = {DueIndex.PREFIX};

    private final KeyValueStore<byte[], byte[]> bytes;
    private final Codec<EntityState> codec;
    private final int capacity;
    private final TaskClock clock;
    private final DueIndex due = new DueIndex();
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, LiveEntity> live = new LinkedHashMap<>(64, 0.75f, true);
    private final List<LiveEntity> dirty = new ArrayList<>();
    private boolean clockRead;
    private boolean dueRead;

    EntityStore(KeyValueStore<byte[], byte[]> bytes, Codec<EntityState> codec, int capacity, TaskClock clock) {
        this.bytes = bytes;
        this.codec = codec;
        this.capacity = capacity;
        this.clock = clock;
    }

    /** The task's clock; the task's thread only. */
    TaskClock clock() {
        if (!clockRead) {
            clockRead = true;
            var written = bytes.get(CLOCK_KEY);
            if (written != null) {
                clock.read(written);
            }
        }
        return clock;
    }

    /** When the bars of the task's entities close; the task's thread only. */
    DueIndex due() {
        if (!dueRead) {
            dueRead = true;
            due.read(bytes);
        }
        return due;
    }

    /**
     * Lets the task's thread change an entity. Until {@code change} returns nobody else sees it.
     *
     * @param fresh makes the state of an entity that has not been seen
     * @param change the change; an exception out of it takes the entity back to what was last written
     */
    void update(String entity, Supplier<EntityState> fresh, Change change) {
        lock.lock();
        try {
            var found = find(entity, fresh);
            boolean done = false;
            try {
                change.apply(found);
                done = true;
            } finally {
                if (done) {
                    markDirty(found);
                } else {
                    live.remove(entity);
                    found.dirty = false;
                }
            }
            evict();
        } finally {
            lock.unlock();
        }
    }

    /** What a tick does to an entity. */
    interface Change {
        void apply(LiveEntity entity);
    }

    private LiveEntity find(String entity, Supplier<EntityState> fresh) {
        var found = live.get(entity);
        if (found == null) {
            var key = key(entity);
            var written = bytes.get(key);
            found = new LiveEntity(entity, key, written == null ? fresh.get() : decode(entity, written));
            live.put(entity, found);
        }
        return found;
    }

    private void markDirty(LiveEntity entity) {
        if (!entity.dirty) {
            entity.dirty = true;
            dirty.add(entity);
        }
    }

    private void evict() {
        while (live.size() > Math.max(1, capacity)) {
            var eldest = live.values().iterator().next();
            live.remove(eldest.entity);
            write(eldest);
        }
    }

    private void write(LiveEntity entity) {
        if (entity.dirty) {
            entity.dirty = false;
            bytes.put(entity.key, codec.encode(entity.state));
        }
    }

    private EntityState decode(String entity, byte[] written) {
        try {
            return codec.decode(written);
        } catch (UndecodableException e) {
            throw new ProcessorStateException(
                    "The state of entity " + entity + " in store " + name() + " cannot be read: " + e.getMessage()
                            + ". If a newer Gatecast wrote it, start that one; otherwise run: gatecast reset",
                    e);
        }
    }

    private static byte[] key(String entity) {
        return entity.getBytes(StandardCharsets.UTF_8);
    }

    /** Called before the transaction is committed: what was decoded and changed goes to the store and its changelog. */
    @Override
    public void flushCache() {
        lock.lock();
        try {
            dirty.forEach(this::write);
            dirty.clear();
        } finally {
            lock.unlock();
        }
        if (clock.changed()) {
            bytes.put(CLOCK_KEY, clock.write());
        }
        due.write(bytes);
    }

    @Override
    public void clearCache() {
        lock.lock();
        try {
            live.clear();
            dirty.clear();
            clockRead = false;
            dueRead = false;
            due.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    /**
     * Reads an entity from any thread, committed or not.
     *
     * @param reader sees the entity while nobody changes it; must not keep it
     * @return what the reader made of it, or null where the entity is unknown
     */
    <T> @Nullable T view(String entity, Function<LiveEntity, T> reader) {
        lock.lock();
        try {
            var found = live.get(entity);
            if (found != null) {
                return reader.apply(found);
            }
            var key = key(entity);
            var written = bytes.get(key);
            return written == null ? null : reader.apply(new LiveEntity(entity, key, decode(entity, written)));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Names of entities, in the order of their bytes, from any thread.
     *
     * @param after only names after this one; empty for the first
     * @param limit at most so many
     */
    List<String> names(String after, int limit) {
        var names = new TreeSet<String>(EntityStore::compareBytes);
        try (var written = bytes.range(key(after), AFTER_NAMES)) {
            while (written.hasNext() && names.size() < limit) {
                add(new String(written.next().key, StandardCharsets.UTF_8), after, names);
            }
        }
        lock.lock();
        try {
            dirty.forEach(entity -> add(entity.entity, after, names));
        } finally {
            lock.unlock();
        }
        return names.stream().limit(limit).toList();
    }

    private static void add(String name, String after, Set<String> names) {
        if (!name.isEmpty() && compareBytes(name, after) > 0) {
            names.add(name);
        }
    }

    static int compareBytes(String a, String b) {
        return Arrays.compareUnsigned(key(a), key(b));
    }

    @Override
    public String name() {
        return bytes.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        clearCache();
        bytes.init(context, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        bytes.commit(changelogOffsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return bytes.committedOffset(partition);
    }

    @Override
    @SuppressWarnings("deprecation") // until a release asks no more
    public boolean managesOffsets() {
        return bytes.managesOffsets();
    }

    @Override
    public Position getPosition() {
        return bytes.getPosition();
    }

    @Override
    public boolean persistent() {
        return bytes.persistent();
    }

    @Override
    public boolean isOpen() {
        return bytes.isOpen();
    }

    /** Drops what has not been written: a task that closes without a commit must not leave half a transaction. */
    @Override
    public void close() {
        clearCache();
        bytes.close();
    }
}
