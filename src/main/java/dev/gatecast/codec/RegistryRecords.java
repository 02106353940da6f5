package dev.gatecast.codec;

import dev.gatecast.event.Rejection;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The wire format of a schema registry: a zero byte, the schema's id (four bytes, big-endian), the record. A schema is
 * asked for once. An id that the registry does not know is asked for again after ten seconds.
 */
final class RegistryRecords implements AvroRecords {
    private static final int HEADER = 5;
    private static final int MOST_UNKNOWN = 1_000;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final RegistrySchemas schemas;
    private final Map<Integer, AvroReader> readers = new ConcurrentHashMap<>();
    private final Map<Integer, Unknown> unknown = new LinkedHashMap<>();

    RegistryRecords(SchemaRegistry registry) {
        schemas = new RegistrySchemas(registry);
    }

    /** Why there is no schema of an id, and until when that is believed ({@link System#nanoTime}). */
    private record Unknown(Refusal why, long until) {}

    @Override
    public RawTick read(byte[] value) throws Refusal {
        if (value.length < HEADER || value[0] != 0) {
            throw new Refusal(
                    Rejection.UNDECODABLE,
                    "the wire format of a schema registry (00, schema id in four bytes) was expected, not "
                            + SingleObject.shown(value));
        }
        var id = ByteBuffer.wrap(value).getInt(1);
        var reader = readers.get(id);
        return (reader == null ? learn(id) : reader).read(value, HEADER);
    }

    private synchronized AvroReader learn(int id) throws Refusal {
        var learnt = readers.get(id);
        if (learnt != null) {
            return learnt;
        }
        var before = unknown.get(id);
        if (before != null && System.nanoTime() - before.until < 0) {
            throw before.why;
        }
        try {
            var reader = new AvroReader(schemas.of(id), ", id " + id);
            readers.put(id, reader);
            unknown.remove(id);
            return reader;
        } catch (UndecodableException e) {
            throw noted(id, new Refusal(Rejection.UNDECODABLE, "schema id " + id + ": " + e.getMessage()));
        }
    }

    private Refusal noted(int id, Refusal why) {
        unknown.remove(id);
        unknown.put(id, new Unknown(why, System.nanoTime() + PATIENCE));
        if (unknown.size() > MOST_UNKNOWN) {
            unknown.remove(unknown.keySet().iterator().next());
        }
        return why;
    }
}
