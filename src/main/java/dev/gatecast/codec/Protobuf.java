package dev.gatecast.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One message in Protocol Buffers' wire format, its fields in the order in which they are written. */
final class Protobuf {
    private static final int VARINT = 0;
    private static final int LENGTH = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The message that {@code writer} fills. */
    static byte[] message(Consumer<Protobuf> writer) {
        var message = new Protobuf();
        writer.accept(message);
        return message.bytes.toByteArray();
    }

    Protobuf whole(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
        return this;
    }

    Protobuf text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Protobuf bytes(int field, byte[] value) {
        varint((long) field << 3 | LENGTH);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    /** A field that is a message itself. */
    Protobuf part(int field, Consumer<Protobuf> writer) {
        return bytes(field, message(writer));
    }

    private void varint(long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
