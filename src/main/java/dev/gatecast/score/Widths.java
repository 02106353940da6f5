package dev.gatecast.score;

import java.util.Arrays;

/**
 * Makes each entity's bands cover what they promise: adaptive conformal inference with one factor for each side of the
 * median and each group of horizons. Belongs to one model; holds no numbers of an entity, so threads may share one.
 *
 * <p>Groups are judged by their farthest horizon: 1, a quarter, a half, all of them; a horizon belongs to the first that
 * reaches it. When a band's truth arrives, {@code g += eta (missed - alpha)} on each side, and a side's distance from the
 * median is stretched by {@code exp(g)}, g within [-1, 1.5]. A row's order: {@link #settle}, then {@link #apply} and
 * {@link #remember}, or {@link #skip} where there is no forecast. (Gibbs and Candes, Adaptive conformal inference under
 * distribution shift, 2021.)
 */
public final class Widths {
    /** The most horizons that a model may have. */
    public static final int MOST_HORIZONS = 10_000;

    /** The pace of learning that was measured best. */
    public static final double PACE = 0.01;

    private static final float LEAST = -1f;
    private static final float LARGEST = 1.5f;
    private static final double NEAR = 1e-6;

    private final int horizons;
    private final int levels;
    private final int median; // index of the level that stays
    private final int low; // index of the band's lower level
    private final int high;
    private final double alphaLow; // promised share of misses
    private final double alphaHigh;
    private final double pace;

    /**
     * Judges by the levels 0.05 and 0.95 if both are there, by the outermost ones otherwise.
     *
     * @param horizons steps ahead of the model, 1 to {@link #MOST_HORIZONS}
     * @param levels the quantiles' probabilities, ascending within (0, 1). Not modified.
     * @param pace eta, 0 to 1; 0 learns nothing
     */
    public Widths(int horizons, float[] levels, double pace) {
        if (horizons < 1 || horizons > MOST_HORIZONS) {
            throw new IllegalArgumentException("horizons: 1 to " + MOST_HORIZONS + " expected, not " + horizons);
        }
        if (!(pace >= 0 && pace <= 1)) {
            throw new IllegalArgumentException("pace: 0 to 1 expected, not " + pace);
        }
        check(levels);
        var usual = near(levels, 0.05) && near(levels, 0.95);
        this.horizons = horizons;
        this.levels = levels.length;
        this.median = nearest(levels, 0.5);
        this.low = usual ? nearest(levels, 0.05) : 0;
        this.high = usual ? nearest(levels, 0.95) : levels.length - 1;
        this.alphaLow = usual ? 0.05 : levels[low];
        this.alphaHigh = usual ? 0.05 : 1.0 - levels[high];
        this.pace = pace;
    }

    /**
     * Gives the state the form of this model: nothing waits, factors stay where the number of groups does. Call it when
     * the entity changes to the model.
     *
     * @param state Modified.
     */
    public void adopt(WidthState state) {
        state.form(horizons);
    }

    /**
     * Judges the bands that were made for this row by its value.
     *
     * @param state of this model. Modified.
     * @param x the value, in the unit of the remembered bands
     */
    public void settle(WidthState state, double x) {
        check(state);
        for (var g = 0; g < state.reaches.length; g++) {
            var place = state.place(g);
            var lower = state.waiting[g][place];
            var upper = state.waiting[g][place + 1];
            if (lower <= upper) { // not NaN
                learn(state.factors, g * 2, x < lower, alphaLow);
                learn(state.factors, g * 2 + 1, x > upper, alphaHigh);
            }
        }
    }

    /**
     * Stretches a forecast; ascending quantiles stay ascending.
     *
     * @param state of this model. Not modified.
     * @param values quantiles horizon by horizon, (horizons * levels). Modified.
     */
    public void apply(WidthState state, float[] values) {
        check(state, values);
        var from = 0;
        for (var g = 0; g < state.reaches.length; g++) {
            var down = (float) StrictMath.exp(state.factors[g * 2]);
            var up = (float) StrictMath.exp(state.factors[g * 2 + 1]);
            for (var h = from; h < state.reaches[g]; h++) {
                stretch(values, h * levels, down, up);
            }
            from = state.reaches[g];
        }
    }

    /**
     * Keeps a forecast's bands, as they were emitted, until their truth arrives, and ends the row.
     *
     * @param state of this model. Modified.
     * @param values quantiles horizon by horizon, in the unit of the values to be settled, (horizons * levels). Not
     *     modified.
     */
    public void remember(WidthState state, float[] values) {
        check(state, values);
        for (var g = 0; g < state.reaches.length; g++) {
            var row = (state.reaches[g] - 1) * levels;
            keep(state, g, values[row + low], values[row + high]);
        }
        state.rows++;
    }

    /**
     * Ends a row without a forecast.
     *
     * @param state of this model. Modified.
     */
    public void skip(WidthState state) {
        check(state);
        for (var g = 0; g < state.reaches.length; g++) {
            keep(state, g, Float.NaN, Float.NaN);
        }
        state.rows++;
    }

    private void learn(float[] factors, int at, boolean missed, double alpha) {
        var moved = (float) (factors[at] + pace * ((missed ? 1 : 0) - alpha));
        factors[at] = Math.min(Math.max(moved, LEAST), LARGEST);
    }

    private void stretch(float[] values, int at, float down, float up) {
        var middle = values[at + median];
        for (var k = 0; k < median; k++) {
            values[at + k] = middle - (middle - values[at + k]) * down;
        }
        for (var k = median + 1; k < levels; k++) {
            values[at + k] = middle + (values[at + k] - middle) * up;
        }
    }

    private static void keep(WidthState state, int group, float lower, float upper) {
        var place = state.place(group);
        state.waiting[group][place] = lower;
        state.waiting[group][place + 1] = upper;
    }

    private void check(WidthState state, float[] values) {
        check(state);
        if (values.length != horizons * levels) {
            throw new IllegalArgumentException("quantiles: %d horizons * %d levels expected, not %d numbers"
                    .formatted(horizons, levels, values.length));
        }
    }

    private void check(WidthState state) {
        if (state.horizons != horizons) {
            throw new IllegalArgumentException("a state of %d horizons was expected, not of %d; adopt it first"
                    .formatted(horizons, state.horizons));
        }
    }

    private static void check(float[] levels) {
        var ascending = levels.length > 0 && levels[0] > 0 && levels[levels.length - 1] < 1;
        for (var k = 1; k < levels.length; k++) {
            ascending &= levels[k] > levels[k - 1];
        }
        if (!ascending) {
            throw new IllegalArgumentException(
                    "levels ascending within (0, 1) were expected, not " + Arrays.toString(levels));
        }
    }

    private static boolean near(float[] levels, double level) {
        return Math.abs(levels[nearest(levels, level)] - level) < NEAR;
    }

    private static int nearest(float[] levels, double level) {
        var best = 0;
        for (var k = 1; k < levels.length; k++) {
            if (Math.abs(levels[k] - level) < Math.abs(levels[best] - level)) {
                best = k;
            }
        }
        return best;
    }
}
