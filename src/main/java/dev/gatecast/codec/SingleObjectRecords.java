package dev.gatecast.codec;

import dev.gatecast.event.Rejection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.SchemaNormalization;

/**
 * Avro's single-object encoding of a user's schemas: C3 01, the schema's fingerprint (CRC-64-AVRO, little-endian), the
 * record.
 */
final class SingleObjectRecords implements AvroRecords {
    private static final short MARK = (short) 0xC301;

    private final Map<Long, AvroReader> readers = new TreeMap<>();
    private final String known;

    /** Throws UndecodableException if a text is no schema of a record. */
    SingleObjectRecords(List<String> schemas) throws UndecodableException {
        var names = new TreeMap<String, String>();
        for (var text : schemas) {
            var schema = AvroReader.schema(List.of(text));
            var fingerprint = SchemaNormalization.parsingFingerprint64(schema);
            readers.put(fingerprint, new AvroReader(schema, ""));
            names.put(hexadecimal(fingerprint), schema.getFullName());
        }
        known = names.entrySet().stream()
                .map(entry -> entry.getValue() + " with the fingerprint " + entry.getKey())
                .collect(Collectors.joining(" or "));
    }

    @Override
    public RawTick read(byte[] value) throws Refusal {
        if (value.length < SingleObject.HEADER || ByteBuffer.wrap(value).getShort() != MARK) {
            throw new Refusal(
                    Rejection.UNDECODABLE,
                    "an Avro single object (c301, fingerprint) of " + known + " was expected, not "
                            + SingleObject.shown(value));
        }
        var fingerprint = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        var reader = readers.get(fingerprint);
        if (reader == null) {
            throw new Refusal(
                    Rejection.UNDECODABLE,
                    "schema " + known + " was expected, not one with " + hexadecimal(fingerprint)
                            + "; ticks.avro.schema may name several");
        }
        return reader.read(value, SingleObject.HEADER);
    }

    /** In the order of the bytes in the value. */
    private static String hexadecimal(long fingerprint) {
        return HexFormat.of().toHexDigits(Long.reverseBytes(fingerprint));
    }
}
