package dev.gatecast.codec;

import dev.gatecast.event.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** How the values of a ticks topic are taken apart into fields. Threads may share one. */
public final class TickValues {
    /** JSON, CSV, and Avro of {@code schemas/tick.avsc}. */
    public static final TickValues OURS = new TickValues(null, null);

    private final @Nullable AvroRecords records; // null: ours
    private final @Nullable Unwrapping unwrapping;

    private TickValues(@Nullable AvroRecords records, @Nullable Unwrapping unwrapping) {
        this.records = records;
        this.unwrapping = unwrapping;
    }

    /**
     * Avro in single-object encoding of a user's schemas.
     *
     * @param schemas each the text of a schema
     * @throws UndecodableException if one is no Avro schema of a record
     */
    public static TickValues ofSchemas(List<String> schemas) throws UndecodableException {
        return new TickValues(new SingleObjectRecords(schemas), null);
    }

    /** Avro in the wire format of a schema registry. */
    public static TickValues ofRegistry(SchemaRegistry registry) {
        return new TickValues(new RegistryRecords(registry), null);
    }

    /** The same, out of a wrapping. */
    public TickValues within(Unwrapping unwrapping) {
        return new TickValues(records, unwrapping);
    }

    /** Whether Avro is of {@code schemas/tick.avsc}. */
    boolean ownAvro() {
        return records == null && unwrapping == null;
    }

    RawTick read(byte[] value, TickFormat format) throws Refusal {
        return unwrapping == null ? plain(value, format) : unwrapped(unwrapping, value, format);
    }

    private RawTick unwrapped(Unwrapping unwrapping, byte[] value, TickFormat format) throws Refusal {
        var content = content(unwrapping, value);
        if (content instanceof IndexedRecord record) {
            return new AvroRecord(record);
        }
        if (content instanceof CharSequence text) {
            return plain(text.toString().getBytes(StandardCharsets.UTF_8), format);
        }
        if (content instanceof byte[] bytes) {
            return plain(bytes, format);
        }
        if (content instanceof ByteBuffer buffer) {
            var bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return plain(bytes, format);
        }
        throw new Refusal(
                Rejection.UNDECODABLE,
                "the deserializer was to give an Avro record, text or bytes, not "
                        + (content == null ? "null" : content.getClass().getName()));
    }

    private static @Nullable Object content(Unwrapping unwrapping, byte[] value) throws Refusal {
        try {
            return unwrapping.unwrap(value);
        } catch (UndecodableException e) {
            throw new Refusal(Rejection.UNDECODABLE, Shown.message(e.getMessage()));
        }
    }

    private RawTick plain(byte[] value, TickFormat format) throws Refusal {
        return switch (format.kind()) {
            case JSON -> JsonTick.read(value);
            case AVRO -> records == null ? TickAvro.read(value) : records.read(value);
            case CSV -> CsvTick.read(value, format.line());
        };
    }
}
