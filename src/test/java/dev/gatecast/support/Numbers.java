package dev.gatecast.support;

import dev.gatecast.event.FieldVisitor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Takes a state's numbers down as bits, and gives them back. */
public final class Numbers implements FieldVisitor {
    private final Deque<Long> bits = new ArrayDeque<>();
    private boolean reads;

    /** From now on gives back what it took down. */
    public Numbers rewind() {
        reads = true;
        return this;
    }

    /** All bits taken down, in order. */
    public List<Long> bits() {
        return new ArrayList<>(bits);
    }

    @Override
    public boolean reads() {
        return reads;
    }

    @Override
    public boolean flag(boolean value) {
        return whole(value ? 1 : 0) == 1;
    }

    @Override
    public long whole(long value) {
        if (reads) {
            return bits.remove();
        }
        bits.add(value);
        return value;
    }

    @Override
    public double real(double value) {
        return Double.longBitsToDouble(whole(Double.doubleToRawLongBits(value)));
    }

    @Override
    public float single(float value) {
        return Float.intBitsToFloat((int) whole(Float.floatToRawIntBits(value)));
    }

    @Override
    public void counts(int[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) whole(values[i]);
        }
    }

    @Override
    public void reals(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = real(values[i]);
        }
    }

    @Override
    public void singles(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = single(values[i]);
        }
    }
}
