package dev.gatecast.feature;

import java.util.Locale;

/**
 * How a series moves from one value to the next, beside what the floats tell apart that a ring and a forecast are made of. A
 * counter that grows by 2 at a level of 5e8, where floats are 32 apart, is a stair to a model. Not thread-safe.
 */
public final class Movement {
    /** Values that keep within so few floats are a constant to a model, which it may as well be. */
    private static final int FEW = 8; // floats

    private double last = Double.NaN;
    private double sum; // of the sizes of the differences
    private long count;
    private long moved; // differences that are not 0
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    /** Takes the next value in; what is not finite is passed over. */
    public void add(double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        if (!Double.isNaN(last)) {
            sum += Math.abs(value - last);
            count++;
            moved += value == last ? 0 : 1;
        }
        last = value;
        least = Math.min(least, value);
        most = Math.max(most, value);
    }

    /**
     * Whether floats lose it: at more than half of the steps the value changes, on average by no more than such floats are
     * apart, and comes past several of them all the same. Steps and constants, which mostly stay where they are, lose nothing.
     */
    public boolean isLost() {
        double apart = apart();
        return 2 * moved > count && mean() <= apart && most - least > FEW * apart;
    }

    /** What to say of it where it is lost. */
    public String text(String series) {
        return String.format(
                Locale.ROOT,
                "the movement of %s is lost: a model keeps values as 32-bit floats, about 7 digits, and values up to %.9g"
                        + " that move by %.2g from one to the next need more, as floats are %.2g apart there; %s",
                series,
                largest(),
                mean(),
                apart(),
                remedy());
    }

    /** A trend may have come too far for a constant to help. */
    private String remedy() {
        var difference = "give the difference from one value to the next in their place";
        return mean() > FEW * Math.ulp((float) (most - least))
                ? difference + ", or subtract a constant from the values"
                : difference;
    }

    private double mean() {
        return count == 0 ? 0 : sum / count;
    }

    private double apart() {
        return Math.ulp((float) largest());
    }

    private double largest() {
        return Math.max(Math.abs(least), Math.abs(most));
    }
}
