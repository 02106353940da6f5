package dev.gatecast.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * When the next bar of each of a task's entities closes: in memory in the order of these times, and as one small record an
 * entity beside the states, so that a task that starts again knows whom to wake. The task's thread only.
 */
final class DueIndex {
    /** Begins the keys; no name of an entity begins with it, and all of them come before it. */
    static final byte PREFIX = (byte) 0xFF;

    private static final byte[] END = {PREFIX, PREFIX};

    private final TreeSet<Due> queue =
            new TreeSet<>(Comparator.comparingLong(Due::at).thenComparing(Due::entity));
    private final Map<String, Due> byEntity = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    private record Due(long at, String entity) {}

    /** Notes when an entity's next bar closes; Long.MAX_VALUE for never. */
    void put(String entity, long at) {
        var before = byEntity.get(entity);
        if (before == null ? at == Long.MAX_VALUE : before.at == at) {
            return;
        }
        changed.add(entity);
        set(entity, at);
    }

    private void set(String entity, long at) {
        var before = byEntity.remove(entity);
        if (before != null) {
            queue.remove(before);
        }
        if (at < Long.MAX_VALUE) {
            var due = new Due(at, entity);
            byEntity.put(entity, due);
            queue.add(due);
        }
    }

    /** The entity whose bar is the first to close by a time; null where none is. */
    @Nullable String first(long time) {
        return queue.isEmpty() || queue.first().at > time ? null : queue.first().entity;
    }

    /** Whether an entity's next bar closes by a time. */
    boolean has(String entity, long time) {
        var due = byEntity.get(entity);
        return due != null && due.at <= time;
    }

    /** Replaces what is in memory by what was written. */
    void read(KeyValueStore<byte[], byte[]> bytes) {
        clear();
        try (var written = bytes.range(new byte[] {PREFIX}, END)) {
            while (written.hasNext()) {
                var one = written.next();
                var entity = new String(one.key, 1, one.key.length - 1, StandardCharsets.UTF_8);
                set(entity, ByteBuffer.wrap(one.value).getLong());
            }
        }
    }

    /** Writes what has changed. */
    @SuppressWarnings("NullAway") // null deletes
    void write(KeyValueStore<byte[], byte[]> bytes) {
        for (var entity : changed) {
            var due = byEntity.get(entity);
            var value = due == null
                    ? null
                    : ByteBuffer.allocate(Long.BYTES).putLong(due.at).array();
            bytes.put(key(entity), value);
        }
        changed.clear();
    }

    void clear() {
        queue.clear();
        byEntity.clear();
        changed.clear();
    }

    private static byte[] key(String entity) {
        var name = entity.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + name.length).put(PREFIX).put(name).array();
    }
}
