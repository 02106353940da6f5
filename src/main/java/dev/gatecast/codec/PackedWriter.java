package dev.gatecast.codec;

import dev.gatecast.event.FieldVisitor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Packs the numbers of a state into a buffer that is used again. {@link StateCodec} has the layout. */
final class PackedWriter implements FieldVisitor {
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[4096];
    private int size;

    /** Begins anew. */
    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** Copies what was written. {@code to} Modified. */
    void copyTo(byte[] to, int at) {
        System.arraycopy(bytes, 0, to, at, size);
    }

    @Override
    public boolean reads() {
        return false;
    }

    @Override
    public boolean flag(boolean value) {
        ensure(1);
        bytes[size++] = (byte) (value ? 1 : 0);
        return value;
    }

    @Override
    public long whole(long value) {
        ensure(LONGEST_NUMBER);
        unsigned((value << 1) ^ (value >> 63));
        return value;
    }

    @Override
    public double real(double value) {
        ensure(Double.BYTES);
        put(value);
        return value;
    }

    @Override
    public float single(float value) {
        ensure(Float.BYTES);
        put(value);
        return value;
    }

    @Override
    public void counts(int[] values) {
        ensure(LONGEST_NUMBER * values.length);
        for (var i = 0; i < values.length; i++) {
            unsigned(values[i]);
            if (values[i] == 0) {
                var first = i;
                while (i + 1 < values.length && values[i + 1] == 0) {
                    i++;
                }
                unsigned(i - first);
            }
        }
    }

    @Override
    public void reals(double[] values) {
        ensure(Double.BYTES * values.length);
        for (var value : values) {
            put(value);
        }
    }

    @Override
    public void singles(float[] values) {
        ensure(Float.BYTES * values.length);
        for (var value : values) {
            put(value);
        }
    }

    private void put(double value) {
        LONGS.set(bytes, size, Double.doubleToRawLongBits(value));
        size += Double.BYTES;
    }

    private void put(float value) {
        INTS.set(bytes, size, Float.floatToRawIntBits(value));
        size += Float.BYTES;
    }

    private void unsigned(long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
