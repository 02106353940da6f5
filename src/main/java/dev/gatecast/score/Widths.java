package dev.gatecast.score;

import java.util.Arrays;

/**
 * Makes each entity's quantiles cover what they promise: adaptive conformal inference with one factor for each quantile
 * level and each group of horizons, on top of the factors that the model brings. Belongs to one model and one thread;
 * holds no numbers of an entity.
 *
 * <p>The groups reach to 1, a quarter, a half and all of the horizons. Of each row's forecast one horizon of each group
 * waits for its truth, another one each row. When it arrives, the log of each level's factor moves by
 * {@code eta (0.55 e + 0.45 e')}, e being {@code beyond - alpha}, where beyond says that the truth lay outside of the quantile
 * and alpha how often it should, and e' the same of the quantile as far on the other side: a band covers what it promises
 * from the evidence of both its sides, and only what stays apart for long moves the middle of the forecast. A quantile's distance from the
 * median is multiplied by the factor, within [e⁻¹, e^1.5]; one that is about as far out as that no longer pulls the other side along. An entity's first rows
 * move by up to {@value #MOST_AT_ONCE} such steps at once, fewer the more have judged. Farther groups keep every so many-th forecast only. A row's order: {@link #settle}, then {@link #apply} and {@link #remember}, or {@link #skip} where there
 * is no forecast. (Gibbs and Candes, Adaptive conformal inference under distribution shift, 2021.)
 */
public final class Widths {
    /** The most horizons that a model may have. */
    public static final int MOST_HORIZONS = 10_000;

    /** The pace of learning that was measured best. */
    public static final double PACE = 0.035;

    private static final float LEAST = 0.3679f;
    private static final float LARGEST = 4.4817f;
    private static final float WIDEST = 0.8f * LARGEST; // from here on
    private static final int MOST_AT_ONCE = 8;
    private static final long EARLY = 240; // rows that judge, after which a step is a single one
    private static final double SAME = 1e-3; // of two probabilities
    private static final int ALONE = 4; // index of the moves by own misses alone, plus 1 where the truth lay beyond
    private static final double OWN = 0.55; // what a level's own misses count, beside those of its mirror

    /**
     * Inner quantiles wait as so many parts of the distance between the outermost ones, the nearest, but not as one of those
     * themselves: a count of 0 lies below a quantile just above it.
     */
    private static final int FULL = 127;

    private final int horizons;
    private final int levels;
    private final int median; // index of the level that stays
    private final int inner; // quantiles that are neither outermost nor the median
    private final float[] shares; // what each quantile counts in the mean, (levels)
    private final float[] counts; // the same of one group's stretched ones, (levels)
    private final float[] start; // the model's factors, (groups * levels)
    private final int[] mirror; // the level on the other side that moves with each, (levels)

    /** What a factor is multiplied by; first index: how many steps at once, then 2 where the truth lay beyond, plus 1 where it did beyond its mirror, or alone. */
    private final float[][][] moves; // (MOST_AT_ONCE + 1)(6)(groups * levels)

    /**
     * The calibration of one model.
     *
     * @param horizons steps ahead of the model, 1 to {@link #MOST_HORIZONS}
     * @param levels the quantiles' probabilities, ascending within (0, 1). Not modified.
     * @param start the model's own factors, (groups * levels), or empty: all 1. Not modified.
     * @param pace eta, 0 to 1; 0 learns nothing
     */
    public Widths(int horizons, float[] levels, float[] start, double pace) {
        if (horizons < 1 || horizons > MOST_HORIZONS) {
            throw new IllegalArgumentException("horizons: 1 to " + MOST_HORIZONS + " expected, not " + horizons);
        }
        if (!(pace >= 0 && pace <= 1)) {
            throw new IllegalArgumentException("pace: 0 to 1 expected, not " + pace);
        }
        check(levels);
        this.horizons = horizons;
        this.levels = levels.length;
        this.median = nearest(levels, 0.5);
        this.inner = Math.max(0, levels.length - (median > 0 && median < levels.length - 1 ? 3 : 2));
        this.shares = shares(levels);
        this.counts = new float[levels.length];
        var form = new WidthState();
        form.form(horizons, levels.length, inner);
        this.start = start.length == 0 ? form.factors : start.clone();
        if (this.start.length != form.factors.length) {
            throw new IllegalArgumentException(
                    "width factors: " + form.factors.length + " expected, not " + start.length);
        }
        this.mirror = mirror(levels);
        this.moves = new float[MOST_AT_ONCE + 1][][];
        for (var steps = 1; steps <= MOST_AT_ONCE; steps++) {
            moves[steps] = moves(levels, this.start.length, pace * steps);
        }
    }

    private static float[][] moves(float[] levels, int factors, double pace) {
        var moves = new float[6][factors];
        for (var i = 0; i < factors; i++) {
            var level = levels[i % levels.length];
            var alpha = Math.min(level, 1 - level);
            for (var missed = 0; missed < 4; missed++) {
                var share = OWN * (missed / 2) + (1 - OWN) * (missed % 2);
                moves[missed][i] = (float) StrictMath.exp(pace * (share - alpha));
            }
            moves[ALONE][i] = (float) StrictMath.exp(pace * -alpha);
            moves[ALONE + 1][i] = (float) StrictMath.exp(pace * (1 - alpha));
        }
        return moves;
    }

    /** Of each level the one as far on the other side of the median, itself where there is none. */
    private static int[] mirror(float[] levels) {
        var mirror = new int[levels.length];
        for (var k = 0; k < levels.length; k++) {
            var other = nearest(levels, 1 - levels[k]);
            var mutual = nearest(levels, 1 - levels[other]) == k;
            mirror[k] = mutual && Math.abs(levels[other] + levels[k] - 1) < SAME ? other : k;
        }
        return mirror;
    }

    /** A factor as near to {@code factor} as may be. */
    public static float bounded(double factor) {
        return (float) Math.min(Math.max(factor, LEAST), LARGEST);
    }

    /**
     * Gives the state the form of this model: nothing waits, factors stay where the number of groups does. Call it when
     * the entity changes to the model.
     *
     * @param state Modified.
     */
    public void adopt(WidthState state) {
        state.form(horizons, levels, inner);
    }

    /**
     * Judges the quantiles that were made for this row by its value.
     *
     * @param state of this model. Modified.
     * @param x the value, in the unit of the remembered quantiles
     */
    public void settle(WidthState state, double x) {
        check(state);
        var judged = false;
        for (var g = 0; g < state.reaches.length; g++) {
            var places = state.places(g);
            var newest = state.newest(g);
            var at = Math.floorMod(newest, places);
            for (var place = 0; place < places; place++) {
                var ago = place <= at ? at - place : at - place + places;
                if (state.due(g, newest - ago) && !Float.isNaN(state.waiting[g][2 * place])) {
                    learn(state, g, place, x);
                    judged = true;
                }
            }
        }
        state.judged += judged ? 1 : 0;
    }

    /** Steps at once: of an entity of which little is known yet a miss tells more. */
    private static int steps(long judged) {
        return (int) Math.max(1, Math.min(MOST_AT_ONCE, EARLY / (judged + EARLY / MOST_AT_ONCE)));
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
            for (var h = from; h < state.reaches[g]; h++) {
                stretch(values, h * levels, state.factors, g * levels);
            }
            from = state.reaches[g];
        }
    }

    /**
     * The mean of each horizon's distribution: the integral of its quantiles, each as far from the median as it was before it
     * was stretched. What coverage asks of one side is no reason to expect more or less.
     *
     * @param state of this model. Not modified.
     * @param stretched whether the quantiles are those of {@link #apply}
     * @param values quantiles horizon by horizon, (horizons * levels). Not modified.
     * @param means (horizons). Modified.
     */
    public void means(WidthState state, boolean stretched, float[] values, float[] means) {
        check(state, values);
        var from = 0;
        for (var g = 0; g < state.reaches.length; g++) {
            for (var k = 0; k < levels; k++) {
                var i = g * levels + k;
                counts[k] = stretched ? shares[k] / (start[i] * state.factors[i]) : shares[k];
            }
            for (var h = from; h < state.reaches[g]; h++) {
                means[h] = mean(values, h * levels);
            }
            from = state.reaches[g];
        }
    }

    private float mean(float[] values, int at) {
        var middle = values[at + median];
        var sum = 0f;
        for (var k = 0; k < levels; k++) {
            sum += counts[k] * (values[at + k] - middle);
        }
        return middle + sum;
    }

    /**
     * Keeps a forecast's quantiles, as they were emitted, until their truth arrives, and ends the row.
     *
     * @param state of this model. Modified.
     * @param values quantiles horizon by horizon, in the unit of the values to be settled, (horizons * levels). Not
     *     modified.
     */
    public void remember(WidthState state, float[] values) {
        check(state, values);
        for (var g = 0; g < state.reaches.length; g++) {
            var place = state.place(g);
            if (place >= 0) {
                keep(state, g, place, values);
            }
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
            var place = state.place(g);
            if (place >= 0) {
                state.waiting[g][2 * place] = Float.NaN;
            }
        }
        state.rows++;
    }

    private void learn(WidthState state, int group, int place, double x) {
        var by = moves[steps(state.judged)];
        for (var k = 0; k < levels; k++) {
            var other = mirror[k];
            if (k != median && other >= k) { // else the pair has moved
                var own = beyond(state, group, place, k, x);
                var others = beyond(state, group, place, other, x);
                var at = group * levels + k;
                var there = group * levels + other;
                var helped = widest(state.factors, there);
                var helps = widest(state.factors, at);
                move(state.factors, at, by[helped ? ALONE + own : 2 * own + others]);
                if (other != k) {
                    move(state.factors, there, by[helps ? ALONE + others : 2 * others + own]);
                }
            }
        }
    }

    /** 1 where the value lies outside of a waiting quantile, else 0. */
    private int beyond(WidthState state, int group, int place, int k, double x) {
        var lowest = state.waiting[group][2 * place];
        var highest = state.waiting[group][2 * place + 1];
        var quantile = k == 0 ? lowest : highest;
        if (k != 0 && k != levels - 1) {
            var code = place * inner + k - (k > median && median > 0 ? 2 : 1);
            quantile = lowest + (highest - lowest) * state.between[group][code] / FULL;
        }
        return (k < median ? x < quantile : x > quantile) ? 1 : 0;
    }

    /** Whether a quantile is about as far out as may be: that the truth still lies beyond says nothing of its mirror. */
    private boolean widest(float[] factors, int at) {
        return factors[at] >= WIDEST / start[at];
    }

    private void move(float[] factors, int at, float[] by) {
        var moved = factors[at] * by[at];
        factors[at] = Math.min(Math.max(moved, LEAST / start[at]), LARGEST / start[at]);
    }

    private void keep(WidthState state, int group, int place, float[] values) {
        var row = (state.horizon(group) - 1) * levels;
        var lowest = values[row];
        var highest = values[row + levels - 1];
        state.waiting[group][2 * place] = lowest;
        state.waiting[group][2 * place + 1] = highest;
        var code = place * inner;
        for (var k = 1; k < levels - 1; k++) {
            if (k != median) {
                state.between[group][code++] = code(values[row + k], lowest, highest);
            }
        }
    }

    /** The nearest part of the distance; one of the outermost quantiles only where it is the same. */
    private static byte code(float value, float lowest, float highest) {
        if (value <= lowest) {
            return 0;
        }
        var part = Math.round((value - lowest) / (highest - lowest) * FULL);
        return (byte) (value >= highest ? FULL : Math.min(Math.max(part, 1), FULL - 1));
    }

    /** From the median outwards; a quantile is never nearer than the one before it. */
    private void stretch(float[] values, int at, float[] factors, int of) {
        var middle = values[at + median];
        var distance = 0f;
        for (var k = median - 1; k >= 0; k--) {
            distance = Math.max(distance, (middle - values[at + k]) * start[of + k] * factors[of + k]);
            values[at + k] = middle - distance;
        }
        distance = 0f;
        for (var k = median + 1; k < levels; k++) {
            distance = Math.max(distance, (values[at + k] - middle) * start[of + k] * factors[of + k]);
            values[at + k] = middle + distance;
        }
    }

    private void check(WidthState state, float[] values) {
        check(state);
        if (values.length != horizons * levels) {
            throw new IllegalArgumentException("quantiles: %d horizons * %d levels expected, not %d numbers"
                    .formatted(horizons, levels, values.length));
        }
    }

    private void check(WidthState state) {
        if (state.horizons != horizons || state.levels != levels) {
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

    /** Half the distance between the neighbours' levels, 0 and 1 at the ends. */
    private static float[] shares(float[] levels) {
        var shares = new float[levels.length];
        for (var k = 0; k < levels.length; k++) {
            var below = k == 0 ? 0 : (levels[k - 1] + levels[k]) / 2;
            var above = k == levels.length - 1 ? 1 : (levels[k] + levels[k + 1]) / 2;
            shares[k] = above - below;
        }
        return shares;
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
