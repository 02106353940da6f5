package dev.gatecast.codec;

import dev.gatecast.event.Rejection;
import java.io.IOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;

/** Reads records of one schema of a user. Threads may share one. */
final class AvroReader {
    private final String source;
    private final GenericDatumReader<IndexedRecord> reader;

    /** With what a message says after "schema" and the schema's name. */
    AvroReader(Schema schema, String more) {
        source = "schema " + schema.getFullName() + more;
        reader = new GenericDatumReader<>(schema);
    }

    /**
     * The last of some schemas, each of which may name those before it.
     *
     * @throws UndecodableException if one is no Avro schema, or the last is not of a record
     */
    static Schema schema(List<String> texts) throws UndecodableException {
        var parser = new Schema.Parser();
        var schema = Schema.create(Schema.Type.NULL);
        try {
            for (var text : texts) {
                schema = parser.parse(text);
            }
        } catch (AvroRuntimeException e) {
            throw new UndecodableException("an Avro schema was expected: " + Shown.message(e.getMessage()), e);
        }
        if (schema.getType() != Schema.Type.RECORD) {
            throw new UndecodableException("an Avro schema of a record was expected, not of "
                    + schema.getType().getName());
        }
        return schema;
    }

    /** The record from a place in the bytes to their end. */
    AvroRecord read(byte[] value, int begin) throws Refusal {
        try {
            var in = DecoderFactory.get().binaryDecoder(value, begin, value.length - begin, null);
            var record = new AvroRecord(reader.read(null, in), source);
            if (in.isEnd()) {
                return record;
            }
        } catch (IOException | RuntimeException | StackOverflowError e) { // Avro throws half a dozen at broken bytes
            throw new Refusal(Rejection.UNDECODABLE, "not a sound record of " + source + ": " + Shown.message(e));
        }
        throw new Refusal(Rejection.UNDECODABLE, "bytes left after the end of a record of " + source);
    }
}
