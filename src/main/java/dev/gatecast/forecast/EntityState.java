package dev.gatecast.forecast;

import dev.gatecast.event.FieldVisitor;
import dev.gatecast.feature.Ring;
import dev.gatecast.score.DetectorState;
import dev.gatecast.score.WidthState;

/**
 * All that Gatecast remembers of one entity. Advanced by a {@link Forecaster}, one tick at a time; not thread-safe.
 *
 * <p>What it holds is what its bytes hold: a state read back goes on with the same bits as one that never left memory.
 */
public final class EntityState {
    private static final int LARGEST_HIDDEN = 1 << 16;

    final Ring ring;
    final DetectorState detector = new DetectorState();
    final WidthState widths = new WidthState();

    /** Time of the last tick that advanced it; Long.MIN_VALUE before the first. */
    long lastTime = Long.MIN_VALUE;

    /** Ticks that advanced it. */
    long rows;

    /** {@link Model#fingerprint()} of the model that {@link #hidden} belongs to; 0: none, prime at the next tick. */
    long fingerprint;

    /** Sequence of the activation in use. */
    long sequence;

    /** Steps that the hidden state has seen under its model, replayed ones included. */
    long primed;

    /** Impossible numbers in a row. */
    long violations;

    /** Time of the tick that opened the open alert; of no meaning while none is open. */
    long alertOpenedAt;

    /** States of all networks, h and memory cells of all layers, (networks * state); empty without a model. */
    float[] hidden = {};

    /** The one-step forecast made at the last tick. */
    final Expectation expectation = new Expectation();

    /** A fresh entity that remembers {@code ringCapacity} values until a model asks for more. */
    public EntityState(int ringCapacity) {
        ring = new Ring(ringCapacity);
    }

    /** Visits every number in the layout's order. */
    public void visit(FieldVisitor visitor) {
        lastTime = visitor.whole(lastTime);
        rows = visitor.whole(rows);
        sequence = visitor.whole(sequence);
        primed = visitor.whole(primed);
        violations = visitor.whole(violations);
        alertOpenedAt = visitor.whole(alertOpenedAt);
        fingerprint = Double.doubleToRawLongBits(visitor.real(Double.longBitsToDouble(fingerprint)));
        ring.visit(visitor);
        int length = (int) visitor.whole(hidden.length);
        if (length < 0 || length > LARGEST_HIDDEN) {
            throw new IllegalArgumentException("hidden state: expected 0 to 65536 values, got " + length);
        }
        if (length != hidden.length) {
            hidden = new float[length];
        }
        visitor.singles(hidden);
        expectation.visit(visitor);
        widths.visit(visitor);
        detector.visit(visitor);
    }

    /** Time of the last tick that advanced it, milliseconds since the epoch; Long.MIN_VALUE before the first. */
    public long lastTime() {
        return lastTime;
    }

    /** Ticks that advanced it. */
    public long rows() {
        return rows;
    }

    /** The last values in the entity's units, oldest first. */
    public float[] recentValues() {
        return ring.values();
    }

    /** What the forecast made one step ago said of the next tick; NaN where there was none. */
    static final class Expectation {
        float median = Float.NaN;
        float lower = Float.NaN;
        float upper = Float.NaN;

        /** Predictive deviation; NaN also while the forecasts do not count yet. */
        float scale = Float.NaN;

        void visit(FieldVisitor visitor) {
            median = visitor.single(median);
            lower = visitor.single(lower);
            upper = visitor.single(upper);
            scale = visitor.single(scale);
        }

        void clear() {
            median = Float.NaN;
            lower = Float.NaN;
            upper = Float.NaN;
            scale = Float.NaN;
        }
    }
}
