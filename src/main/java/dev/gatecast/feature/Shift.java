package dev.gatecast.feature;

/**
 * Where values from before a change of clocks stand among the newest ones, and those from after one that is still to come
 * among the next ones: at the local time that they have. Ages are steps before the newest value, horizons steps after it;
 * the clocks are those of the next step. Scratch of one thread.
 */
public final class Shift {
    private int first = Integer.MAX_VALUE; // least age from before the change
    private int steps; // by which the clocks went forward, negative: back
    private int firstAhead = Integer.MAX_VALUE; // least horizon after the coming change
    private int stepsAhead; // by which the clocks will go forward, negative: back

    /** There is no change. */
    void none() {
        first = Integer.MAX_VALUE;
        firstAhead = Integer.MAX_VALUE;
    }

    /**
     * Clocks were changed.
     *
     * @param firstAge the least age from before it
     * @param forward steps by which they went forward, negative: back
     */
    void at(int firstAge, int forward) {
        first = firstAge;
        steps = forward;
    }

    /**
     * Clocks will be changed.
     *
     * @param firstHorizon the least horizon after it, at least 2
     * @param forward steps by which they will go forward, negative: back
     */
    void coming(int firstHorizon, int forward) {
        firstAhead = firstHorizon;
        stepsAhead = forward;
    }

    /** The horizon that would have the local time of this one if no change came. */
    public int ahead(int horizon) {
        return horizon < firstAhead ? horizon : Math.max(1, horizon + stepsAhead);
    }

    /** Gives each horizon the numbers of the one that has its local time. {@code values} (horizons * width), Modified. */
    void byLocalTime(float[] values, int width) {
        int horizons = values.length / width;
        if (firstAhead > horizons) {
            return;
        }
        for (int i = firstAhead; i <= horizons; i++) {
            int horizon = stepsAhead > 0 ? i : horizons - i + firstAhead; // what is read is not yet written
            int from = Math.min(horizons, ahead(horizon));
            System.arraycopy(values, (from - 1) * width, values, (horizon - 1) * width, width);
        }
    }

    /** The reverse, of a part of an array: what is known of each horizon goes where its local time is. {@code values} Modified. */
    void toLocalTime(float[] values, int start, int horizons) {
        int first = firstAhead > horizons ? horizons + 1 : firstAhead + Math.max(0, stepsAhead);
        for (int i = first; i <= horizons; i++) {
            int horizon = stepsAhead > 0 ? horizons - i + first : i;
            values[start + horizon - 1] = values[start + Math.min(horizons, horizon - stepsAhead) - 1];
        }
    }

    /** The age of the value that is to be looked at for an age, of {@code size} values that there are. */
    public int age(int age, int size) {
        return age < first ? age : Math.max(0, Math.min(size - 1, age - steps));
    }

    /**
     * Moves values from before the change, which lie newest last up to the end.
     *
     * @param u Not modified.
     * @param end one past the newest value
     * @param size how many there are
     * @param out values of {@code u} up to {@code end}. Modified from {@code from} on.
     */
    void move(float[] u, int end, int size, float[] out, int from) {
        int oldest = out.length - 1 - from;
        for (int age = oldest; age >= first; age--) {
            out[out.length - 1 - age] = u[end - 1 - age(age, size)];
        }
    }
}
