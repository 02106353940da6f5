package dev.gatecast.codec;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;

/** Avro's own single-object encoding, as anybody else reads and writes our topics with the schemas alone. */
final class Generic {
    private Generic() {}

    static GenericRecord read(Schema schema, byte[] bytes) throws IOException {
        return new BinaryMessageDecoder<GenericRecord>(new GenericData(), schema).decode(bytes);
    }

    static byte[] write(GenericRecord record) throws IOException {
        var buffer = new BinaryMessageEncoder<GenericRecord>(new GenericData(), record.getSchema()).encode(record);
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
