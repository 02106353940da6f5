package dev.gatecast.score;

import dev.gatecast.event.FieldVisitor;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Writes a state's numbers at full width, then reads them into another. */
final class Tape implements FieldVisitor {
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    private boolean reading;

    /** Copies what one visit writes into what the other reads; both must be of the same length. */
    static void copy(Consumer<FieldVisitor> from, Consumer<FieldVisitor> to) {
        var tape = new Tape();
        from.accept(tape);
        var written = tape.bytes.position();
        tape.bytes.flip();
        tape.reading = true;
        to.accept(tape);
        if (tape.bytes.position() != written) {
            throw new AssertionError("wrote " + written + " bytes, read " + tape.bytes.position());
        }
    }

    @Override
    public boolean reads() {
        return reading;
    }

    @Override
    public boolean flag(boolean value) {
        return whole(value ? 1 : 0) == 1;
    }

    @Override
    public long whole(long value) {
        if (reading) {
            return bytes.getLong();
        }
        bytes.putLong(value);
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
        for (var i = 0; i < values.length; i++) {
            values[i] = (int) whole(values[i]);
        }
    }

    @Override
    public void reals(double[] values) {
        for (var i = 0; i < values.length; i++) {
            values[i] = real(values[i]);
        }
    }

    @Override
    public void singles(float[] values) {
        for (var i = 0; i < values.length; i++) {
            values[i] = single(values[i]);
        }
    }
}
