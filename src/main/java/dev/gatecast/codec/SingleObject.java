package dev.gatecast.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Avro's single-object encoding of one schema: C3 01, the schema's fingerprint (CRC-64-AVRO, little-endian), the record.
 */
final class SingleObject {
    static final int HEADER = 10;

    private final Schema schema;
    private final byte[] header; // (HEADER)

    SingleObject(Schema schema) {
        this.schema = schema;
        header = new byte[HEADER];
        header[0] = (byte) 0xC3;
        header[1] = 0x01;
        var fingerprint = SchemaNormalization.parsingFingerprint64(schema);
        for (var i = 0; i < 8; i++) {
            header[2 + i] = (byte) (fingerprint >>> (8 * i));
        }
    }

    /** The same for records written before they had a field. */
    SingleObject without(String field) {
        var fields = schema.getFields().stream()
                .filter(each -> !each.name().equals(field))
                .map(each -> new Schema.Field(each, each.schema()))
                .toList();
        return new SingleObject(
                Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields));
    }

    /** Writes a record's fields in the schema's order. */
    interface Writer {
        void write(BinaryEncoder out) throws IOException;
    }

    /** Reads a record's fields in the schema's order. */
    interface Reader<T> {
        T read(BinaryDecoder in) throws IOException, UndecodableException;
    }

    /** The header's bytes. Not to be modified. */
    byte[] header() {
        return header;
    }

    /** The bytes of a record; {@code size} is a guess at their number. */
    byte[] encode(int size, Writer writer) {
        var bytes = new ByteArrayOutputStream(HEADER + size);
        bytes.writeBytes(header);
        var out = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            writer.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /** The record in the bytes, which end where it ends. */
    <T> T decode(byte[] bytes, Reader<T> reader) throws UndecodableException {
        check(bytes);
        var in = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
        try {
            var record = reader.read(in);
            if (!in.isEnd()) {
                throw new UndecodableException("bytes left after the end of a " + schema.getName());
            }
            return record;
        } catch (IOException | RuntimeException e) { // Avro throws half a dozen unchecked ones at broken bytes
            throw new UndecodableException("not a sound " + schema.getName() + ": " + e, e);
        }
    }

    /** Whether bytes begin with the header. */
    boolean begins(byte[] bytes) {
        return bytes.length >= HEADER && Arrays.equals(bytes, 0, HEADER, header, 0, HEADER);
    }

    /** Refuses bytes that do not begin with the header. */
    void check(byte[] bytes) throws UndecodableException {
        if (bytes.length < HEADER || bytes[0] != header[0] || bytes[1] != header[1]) {
            throw new UndecodableException("an Avro single object (c301, fingerprint, " + schema.getName()
                    + ") was expected, not " + shown(bytes));
        }
        if (!Arrays.equals(bytes, 2, HEADER, header, 2, HEADER)) {
            throw new UndecodableException("schema " + schema.getFullName() + " with the fingerprint "
                    + HexFormat.of().formatHex(header, 2, HEADER) + " was expected, not one with "
                    + HexFormat.of().formatHex(bytes, 2, HEADER));
        }
    }

    /** How long bytes are and how they begin. */
    static String shown(byte[] bytes) {
        var begin = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, HEADER));
        return bytes.length + " bytes" + (begin.isEmpty() ? "" : " beginning with " + begin);
    }
}
