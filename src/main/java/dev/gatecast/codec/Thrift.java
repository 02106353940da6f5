package dev.gatecast.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** One struct in Thrift's compact protocol; its fields are written in ascending order of their numbers. */
final class Thrift {
    private static final int TRUE = 1;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int LONG_FORM = 15; // of a field's distance, or a list's size

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int last;

    /** The struct that {@code writer} fills. */
    static byte[] struct(Consumer<Thrift> writer) {
        var struct = new Thrift();
        writer.accept(struct);
        struct.bytes.write(0);
        return struct.bytes.toByteArray();
    }

    Thrift whole(int field, int value) {
        head(field, I32);
        signed(value);
        return this;
    }

    Thrift large(int field, long value) {
        head(field, I64);
        signed(value);
        return this;
    }

    Thrift text(int field, String value) {
        head(field, BINARY);
        binary(value);
        return this;
    }

    /** A boolean field that is true. */
    Thrift yes(int field) {
        head(field, TRUE);
        return this;
    }

    /** A field that is a struct itself. */
    Thrift part(int field, Consumer<Thrift> writer) {
        head(field, STRUCT);
        bytes.writeBytes(struct(writer));
        return this;
    }

    /** A field that is a list of structs. */
    Thrift parts(int field, List<Consumer<Thrift>> writers) {
        list(field, STRUCT, writers.size());
        writers.forEach(writer -> bytes.writeBytes(struct(writer)));
        return this;
    }

    Thrift wholes(int field, List<Integer> values) {
        list(field, I32, values.size());
        values.forEach(this::signed);
        return this;
    }

    Thrift texts(int field, List<String> values) {
        list(field, BINARY, values.size());
        values.forEach(this::binary);
        return this;
    }

    private void head(int field, int type) {
        int distance = field - last;
        if (distance < 1 || distance > LONG_FORM) {
            throw new IllegalArgumentException("field " + field + " after " + last);
        }
        bytes.write(distance << 4 | type);
        last = field;
    }

    private void list(int field, int type, int size) {
        head(field, LIST);
        if (size < LONG_FORM) {
            bytes.write(size << 4 | type);
        } else {
            bytes.write(LONG_FORM << 4 | type);
            varint(size);
        }
    }

    private void binary(String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        bytes.writeBytes(utf8);
    }

    private void signed(long value) {
        varint(value << 1 ^ value >> 63);
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
