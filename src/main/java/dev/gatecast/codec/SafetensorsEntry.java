package dev.gatecast.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * One tensor as a safetensors header describes it; its bytes are as many as its shape and type want.
 *
 * @param name of the tensor
 * @param type of its numbers
 * @param shape length of each dimension
 * @param from first byte after the header
 * @param to one past the last
 */
record SafetensorsEntry(String name, Type type, List<Integer> shape, long from, long to) {
    /** The types of numbers that a weight may have. */
    enum Type {
        F64(8) {
            @Override
            void read(ByteBuffer from, float[] to, int at, int count) {
                for (var i = 0; i < count; i++) {
                    to[at + i] = (float) from.getDouble();
                }
            }
        },
        F32(4) {
            @Override
            void read(ByteBuffer from, float[] to, int at, int count) {
                from.asFloatBuffer().get(to, at, count);
            }
        },
        F16(2) {
            @Override
            void read(ByteBuffer from, float[] to, int at, int count) {
                for (var i = 0; i < count; i++) {
                    to[at + i] = half(from.getShort());
                }
            }
        },
        BF16(2) {
            @Override
            void read(ByteBuffer from, float[] to, int at, int count) {
                for (var i = 0; i < count; i++) {
                    to[at + i] = Float.intBitsToFloat(from.getShort() << 16);
                }
            }
        };

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }

        /** Reads {@code count} little-endian numbers. {@code to} Modified from {@code at} on. */
        abstract void read(ByteBuffer from, float[] to, int at, int count);

        /** IEEE 754 binary16: sign, 5 bits of exponent, 10 of fraction. */
        static float half(short bits) {
            var exponent = bits >> 10 & 0x1F;
            var fraction = bits & 0x3FF;
            var size = exponent == 0 ? Math.scalb((float) fraction, -24) : Math.scalb(1024f + fraction, exponent - 25);
            if (exponent == 0x1F) {
                size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            }
            return bits < 0 ? -size : size;
        }
    }

    /** The entry of a header's member, checked. */
    static SafetensorsEntry of(String name, JsonNode node) throws UndecodableException {
        var type = Json.constant(Type.class, node, "dtype");
        var shape = wholes(node, "shape");
        var offsets = wholes(node, "data_offsets");
        var size = ForeignTensor.size(name, shape);
        if (offsets.length != 2 || offsets[0] < 0 || offsets[1] - offsets[0] != (long) size * type.bytes) {
            throw new UndecodableException("tensor " + Shown.of(name) + ": data_offsets " + (long) size * type.bytes
                    + " bytes apart were expected, not " + Shown.of(Arrays.toString(offsets)));
        }
        var lengths = Arrays.stream(shape).mapToObj(length -> (int) length).toList();
        return new SafetensorsEntry(name, type, lengths, offsets[0], offsets[1]);
    }

    /** Number of values. */
    int size() {
        return (int) ((to - from) / type.bytes);
    }

    /** Writes the member of a tensor whose bytes begin at {@code from}. */
    static void write(String name, ForeignTensor tensor, long from, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeStringField("dtype", Type.F32.name());
        out.writeFieldName("shape");
        var shape = tensor.shape().stream().mapToLong(length -> length).toArray();
        out.writeArray(shape, 0, shape.length);
        out.writeFieldName("data_offsets");
        out.writeArray(new long[] {from, from + (long) Float.BYTES * tensor.values().length}, 0, 2);
        out.writeEndObject();
    }

    private static long[] wholes(JsonNode node, String name) throws UndecodableException {
        var member = Json.member(node, name);
        if (!member.isArray()) {
            throw new UndecodableException(
                    "member \"" + name + "\": an array was expected, not " + Shown.of(member.toString()));
        }
        var wholes = new long[member.size()];
        for (var i = 0; i < wholes.length; i++) {
            if (!member.get(i).isIntegralNumber() || !member.get(i).canConvertToLong()) {
                throw new UndecodableException("member \"" + name + "\": whole numbers were expected, not "
                        + Shown.of(member.get(i).toString()));
            }
            wholes[i] = member.get(i).longValue();
        }
        return wholes;
    }
}
