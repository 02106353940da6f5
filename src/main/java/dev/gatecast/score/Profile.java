package dev.gatecast.score;

import dev.gatecast.event.FieldVisitor;
import java.util.Arrays;

/** The usual value at each half hour of the day. A slot's mean is learnt when the slot is left. */
final class Profile {
    static final int SLOTS = 48;
    private static final double PACE = 0.3; // weight of the newest day

    private final double[] means = new double[SLOTS]; // NaN where unknown
    private int slot = -1; // the running one; -1 before the first row
    private double sum;
    private long rows;

    Profile() {
        Arrays.fill(means, Double.NaN);
    }

    /** Leaves the running slot if the given one is another. */
    void enter(int next) {
        if (next == slot) {
            return;
        }
        if (rows > 0) {
            var mean = sum / rows;
            var old = means[slot];
            means[slot] = Double.isNaN(old) ? mean : old + PACE * (mean - old);
        }
        slot = next;
        sum = 0;
        rows = 0;
    }

    /** The usual value in the running slot, or the given one while it is unknown. */
    double usual(double otherwise) {
        var mean = means[slot];
        return Double.isNaN(mean) ? otherwise : mean;
    }

    void add(double v) {
        sum += v;
        rows++;
    }

    /** Describes the layout: running slot, its sum and rows, means. */
    void visit(FieldVisitor v) {
        slot = (int) v.whole(slot);
        if (slot < -1 || slot >= SLOTS) {
            throw new IllegalArgumentException("a half hour of the day, 0 to 47, or -1 was expected, not " + slot);
        }
        sum = v.real(sum);
        rows = v.whole(rows);
        v.reals(means);
    }
}
