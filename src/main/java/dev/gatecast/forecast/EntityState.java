package dev.gatecast.forecast;

import dev.gatecast.event.FieldVisitor;
import dev.gatecast.event.Traits;
import dev.gatecast.feature.BarState;
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
    private final BarState bars = new BarState();
    final MixtureState mixture = new MixtureState();
    final HandoverState handover = new HandoverState();

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

    /** Which fields the ring keeps beside the target: {@link TickFields#id}; 0 for none. */
    long fields;

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

    /**
     * The earliest version of the layout that can hold it: 8 with a mixture (4 to 7 without the bias of its model are read), 7 while it is new to its model, 6 with values of coming steps, 5
     * with traits, 3 with bars, 2 with other fields than the target, else 1.
     */
    public int layout() {
        if (mixture.horizons > 0) {
            return 8;
        }
        if (handover.begun) {
            return 7;
        }
        if (ring.aheadSize() > 0) {
            return 6;
        }
        if (ring.traits() != Traits.NONE) {
            return 5;
        }
        return bars.used() ? 3 : fields != 0 ? 2 : 1;
    }

    /** Visits the numbers that not every state has, after {@link #visit}, in the order of a version of the layout. */
    public void visitMore(FieldVisitor visitor, int layout) {
        if (layout >= 2) {
            fields = Double.doubleToRawLongBits(visitor.real(Double.longBitsToDouble(fields)));
            ring.visitFields(visitor);
        }
        if (layout >= 3) {
            bars.visit(visitor);
        }
        if (layout >= 4) {
            mixture.visit(visitor);
        }
        if (layout >= 5) {
            visitTraits(visitor);
        }
        if (layout >= 6) {
            ring.visitAhead(visitor);
        }
        if (layout >= 7) {
            handover.visit(visitor);
        }
        if (layout >= 8) {
            mixture.visitBias(visitor);
        }
    }

    private void visitTraits(FieldVisitor visitor) {
        var traits = ring.traits();
        var visited = new Traits(visitor.text(traits.zone()), visitor.text(traits.category()));
        if (visitor.reads()) {
            ring.describe(visited.or(Traits.NONE));
        }
    }

    /** Ticks that wait for their bar to close. */
    BarState bars() {
        return bars;
    }

    /** Time of the last tick that advanced it, milliseconds since the epoch; Long.MIN_VALUE before the first. */
    public long lastTime() {
        return lastTime;
    }

    /** Ticks that advanced it. */
    public long rows() {
        return rows;
    }

    /** The last ticks. */
    public Recent recent() {
        return recent(ring.ahead());
    }

    /** The ticks before the newest one, which came after {@link #lastTime}, and what was known then of coming steps. */
    Recent recentBefore() {
        return recent(ring.aheadBefore()).withoutNewest();
    }

    private Recent recent(float[] ahead) {
        var fields = new float[ring.fields()][];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = ring.field(i);
        }
        return new Recent(lastTime, ring.values(), fields, ahead, ring.traits());
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
