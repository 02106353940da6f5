package dev.gatecast.forecast;

import dev.gatecast.score.Widths;

/**
 * Lets a new entity's forecasts go over from those of its warm-up ({@link YoungForecast}) to the model's. Belongs to one
 * model and one thread; the numbers of an entity are in its {@link HandoverState}.
 *
 * <p>When the head has the values it looks at, nothing has shown yet that the entity is like those that the model knows. So both
 * are asked, and each quantile is {@code w model + (1 - w) warm-up}. For as many rows as there are horizons the model's share w is its
 * probability by Bayes' rule: one half at first, then by how likely each made the values one step ahead, under Student's t
 * distribution about its median. What is not like the fleet shows one step ahead, long before the farther forecasts can be judged. Over
 * four times as many rows more the rest goes to the model: meanwhile calibration and mixture, which learn of its own forecasts from the
 * first row on, come to know the entity.
 *
 * <p>An entity is new that had too few values for the head when the rows ended that the model was fitted to.
 */
final class Handover {
    private static final int LEAST_ROWS = 8; // whose values change the odds, where there are fewer horizons
    private static final int FADING = 4; // times as many rows
    private static final double MOST_AT_ONCE = 20; // that one value multiplies the odds by
    private static final double MOST = 1e6; // odds
    private static final double DEGREES = 7;

    private final Recipe recipe;
    private final YoungForecast young;
    private final Widths widths;
    private final Bands bands;
    private final Limits limits;
    private final int rows; // whose values change the odds
    private final float[] own; // (horizons * levels), the model's
    private final float[] before; // (horizons * levels), the warm-up's
    private final float[] beforeMeans; // (horizons)
    private boolean open; // at the last forecast

    /** That of a model's parts. */
    Handover(Recipe recipe, YoungForecast young, Widths widths, Bands bands, Limits limits) {
        this.recipe = recipe;
        this.young = young;
        this.widths = widths;
        this.bands = bands;
        this.limits = limits;
        int horizons = recipe.horizons();
        rows = Math.max(horizons, LEAST_ROWS);
        own = new float[horizons * recipe.levels().length];
        before = new float[own.length];
        beforeMeans = new float[horizons];
    }

    /**
     * Changes the odds by a value that a forecast waited for.
     *
     * @param state Modified.
     */
    void settle(HandoverState state, double value) {
        if (Float.isNaN(state.median)) {
            return;
        }
        double ours = 1 + square((value - state.median) / state.deviation) / DEGREES;
        double theirs = 1 + square((value - state.youngMedian) / state.youngDeviation) / DEGREES;
        double ratio = square(square(theirs / ours)) * state.youngDeviation / state.deviation; // (degrees + 1) / 2 = 4
        double odds = state.odds * Math.max(1 / MOST_AT_ONCE, Math.min(MOST_AT_ONCE, ratio));
        state.odds = (float) Math.max(1 / MOST, Math.min(MOST, odds));
    }

    private static double square(double x) {
        return x * x;
    }

    /**
     * Mixes the warm-up's forecast in.
     *
     * @param state at the row of the forecast. Not modified.
     * @param values the model's, as they would leave; then those that do, (horizons * levels). Modified.
     * @param means likewise, (horizons). Modified.
     */
    void mix(EntityState state, float[] values, float[] means) {
        long row = row(state);
        open = row < (1L + FADING) * rows && state.handover.begun;
        if (!open) {
            return;
        }
        System.arraycopy(values, 0, own, 0, own.length);
        young.write(state.ring, state.lastTime, before);
        widths.means(state.widths, false, before, beforeMeans);
        limits.apply(bands.levels(), before);
        limits.keep(beforeMeans);
        double share = share(state.handover.odds, row);
        mix(share, before, values);
        mix(share, beforeMeans, means);
    }

    /** Rows since the model's forecasts count; negative before. */
    private long row(EntityState state) {
        return state.rows - Math.max(recipe.spec().windows().profile(), recipe.warmUp());
    }

    private double share(double odds, long row) {
        double faded = Math.max(0, (double) (row - rows) / (FADING * rows));
        return (odds + faded) / (odds + 1);
    }

    /** {@code values} Modified. */
    private static void mix(double share, float[] before, float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (share * values[i] + (1 - share) * before[i]);
        }
    }

    /** The model's part of what {@link #mix} last made of {@code values}: what it is judged by. */
    float[] own(float[] values) {
        return open ? own : values;
    }

    /**
     * Keeps what both said last of the next value, where it is to change the odds.
     *
     * @param state at the row of the forecast. Its handover: Modified.
     * @param least no deviation counts as less, in the entity's units
     */
    void remember(EntityState state, float least) {
        var kept = state.handover;
        kept.begin(open);
        if (open && row(state) < rows) {
            float floor = Math.max(least, Float.MIN_NORMAL);
            kept.median = own[bands.median];
            kept.deviation = Math.max(bands.deviation(own), floor);
            kept.youngMedian = before[bands.median];
            kept.youngDeviation = Math.max(bands.deviation(before), floor);
        }
    }
}
