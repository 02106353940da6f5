package dev.gatecast.codec;

import dev.gatecast.event.FieldVisitor;

/** Reads what {@link PackedWriter} wrote; throws IllegalArgumentException where it cannot be that. */
final class PackedReader implements FieldVisitor {
    private byte[] bytes = {};
    private int at;
    private int end;

    /** Begins anew at bytes that are not modified. */
    void start(byte[] from, int first, int beyond) {
        bytes = from;
        at = first;
        end = beyond;
    }

    /** Lets the bytes go; refuses ones that were not read. */
    void finish() {
        var left = end - at;
        bytes = new byte[0];
        if (left != 0) {
            throw new IllegalArgumentException(left + " bytes are left over after the last number");
        }
    }

    /** Where it stands. */
    int position() {
        return at;
    }

    @Override
    public boolean reads() {
        return true;
    }

    @Override
    public boolean flag(boolean ignored) {
        need(1);
        var value = bytes[at++];
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException("0 or 1 was expected at " + (at - 1) + ", not " + value);
        }
        return value == 1;
    }

    @Override
    public long whole(long ignored) {
        var value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    @Override
    public double real(double ignored) {
        need(Double.BYTES);
        return nextReal();
    }

    @Override
    public float single(float ignored) {
        need(Float.BYTES);
        return nextSingle();
    }

    @Override
    public void counts(int[] values) {
        for (var i = 0; i < values.length; i++) {
            var value = unsigned();
            var run = value == 0 ? unsigned() : 0;
            if (value < 0 || value > Integer.MAX_VALUE || run < 0 || run >= values.length - i) {
                throw new IllegalArgumentException("a count or a run of zeros within " + values.length
                        + " was expected before " + at + ", not " + value + ", " + run);
            }
            values[i] = (int) value;
            for (var zero = 0; zero < run; zero++) {
                values[++i] = 0;
            }
        }
    }

    @Override
    public void reals(double[] values) {
        need((long) Double.BYTES * values.length);
        for (var i = 0; i < values.length; i++) {
            values[i] = nextReal();
        }
    }

    @Override
    public void singles(float[] values) {
        need((long) Float.BYTES * values.length);
        for (var i = 0; i < values.length; i++) {
            values[i] = nextSingle();
        }
    }

    private double nextReal() {
        var value = Double.longBitsToDouble((long) PackedWriter.LONGS.get(bytes, at));
        at += Double.BYTES;
        return value;
    }

    private float nextSingle() {
        var value = Float.intBitsToFloat((int) PackedWriter.INTS.get(bytes, at));
        at += Float.BYTES;
        return value;
    }

    private long unsigned() {
        var value = 0L;
        for (var shift = 0; shift < 64; shift += 7) {
            need(1);
            var next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of at most 10 bytes was expected before " + at);
    }

    private void need(long more) {
        if (end - at < more) {
            throw new IllegalArgumentException(more + " more bytes were expected, not " + (end - at));
        }
    }
}
