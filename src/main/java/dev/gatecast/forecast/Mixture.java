package dev.gatecast.forecast;

import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.Ring;

/**
 * Mixes a model's point forecasts with simpler experts, by their past errors on the entity itself: the value one short or
 * long season before, the last value, and the model's own linear path. Belongs to one model and one thread; the numbers of
 * an entity are in its {@link MixtureState}.
 *
 * <p>By group of horizons (those of the calibration) each expert has a mean absolute error l, discounted by 0.99 a row. Its
 * weight is {@code prior (min l / l)^6}, the prior 1 for the model and 0.1 for the others. Of each row's forecast one horizon of each group waits for its
 * truth. A row's order: {@link #settle}, then {@link #apply} and {@link #remember}, or {@link #skip}.
 */
final class Mixture {
    /** The model, the value a short and a long season before, the last value, the linear path. */
    static final int EXPERTS = 5;

    private static final int SHORT = 1;
    private static final int LONG = 2;
    private static final int LAST = 3;
    private static final int LINEAR = 4;
    private static final double DISCOUNT = 0.99;
    private static final double PRIOR = 0.1;
    private static final int LEAST_JUDGED = 8; // before, the model is alone

    private final int horizons;
    private final int[] seasons; // by expert; 0: it has none
    private final boolean linear;
    private final double[] weights = new double[EXPERTS];

    /**
     * The mixture of one model.
     *
     * @param linear whether the model has a linear path
     */
    Mixture(Recipe recipe, boolean linear) {
        this.horizons = recipe.horizons();
        this.seasons = seasons(recipe.spec().seasons());
        this.linear = linear;
    }

    private static int[] seasons(Seasons all) {
        var seasons = new int[EXPERTS];
        seasons[SHORT] = all.shorter();
        seasons[LONG] = all.longer() > all.shorter() ? all.longer() : 0;
        return seasons;
    }

    /** Gives the state the form of this model: nothing waits. {@code state} Modified. */
    void adopt(MixtureState state) {
        state.form(horizons);
    }

    /** Whether a state has the form of this model. */
    boolean suits(MixtureState state) {
        return state.horizons == horizons;
    }

    /**
     * Judges the points that were made for the newest value.
     *
     * @param state of this model. Modified.
     * @param ring with that value. Not modified.
     */
    void settle(MixtureState state, Ring ring) {
        for (int g = 0; g < state.reaches.length; g++) {
            for (int h = state.first(g); h <= state.reaches[g]; h++) {
                long row = state.rows - h;
                int place = state.horizon(g, row) == h ? state.place(g, row) : -1; // few rows get to the divisions
                if (place >= 0 && !Float.isNaN(state.waiting[g][2 * place])) {
                    learn(state, g, place, h, ring);
                }
            }
        }
    }

    private void learn(MixtureState state, int group, int place, int horizon, Ring ring) {
        if (!reaches(ring, horizon, horizon)) {
            return;
        }
        var points = state.waiting[group];
        int count = state.judged[group];
        double pace = Math.max(1.0 / (count + 1), discounted(state.strides[group]));
        for (int e = 0; e < EXPERTS; e++) {
            double point =
                    e == 0 ? points[2 * place] : e == LINEAR ? points[2 * place + 1] : naive(e, ring, horizon, horizon);
            double miss = Math.abs(ring.raw(0) - point);
            int at = group * EXPERTS + e;
            state.losses[at] += (float) (pace * (miss - state.losses[at]));
        }
        state.judged[group] = Math.min(count + 1, Integer.MAX_VALUE - 1);
    }

    /** What one observation counts where every so many-th row brings one. */
    private static double discounted(int rows) {
        double left = 1;
        for (int i = 0; i < rows; i++) {
            left *= DISCOUNT;
        }
        return 1 - left;
    }

    /**
     * Mixes a forecast's points.
     *
     * @param state Not modified; one of another model changes nothing
     * @param ring with the newest value. Not modified.
     * @param linearPoints the linear path's, in the entity's units, (horizons). Not modified.
     * @param points the model's own, in the entity's units; then the mixed ones, (horizons). Modified.
     */
    void apply(MixtureState state, Ring ring, float[] linearPoints, float[] points) {
        if (!suits(state) || !reaches(ring, horizons, 0)) {
            return;
        }
        for (int g = 0; g < state.reaches.length; g++) {
            if (state.judged[g] >= LEAST_JUDGED) {
                weigh(state.losses, g * EXPERTS);
                for (int h = state.first(g); h <= state.reaches[g]; h++) {
                    points[h - 1] = mixed(points[h - 1], h, linearPoints[h - 1], ring);
                }
            }
        }
    }

    private float mixed(double own, int horizon, double linearPoint, Ring ring) {
        double sum = own;
        for (int e = 1; e < EXPERTS; e++) {
            if (weights[e] > 0) {
                sum += weights[e] * ((e == LINEAR ? linearPoint : naive(e, ring, horizon, 0)) - own);
            }
        }
        return (float) sum;
    }

    private void weigh(float[] losses, int from) {
        double least = Double.POSITIVE_INFINITY;
        for (int e = 0; e < EXPERTS; e++) {
            least = there(e) ? Math.min(least, losses[from + e]) : least;
        }
        double sum = 0;
        for (int e = 0; e < EXPERTS; e++) {
            double loss = losses[from + e];
            double ratio = loss > 0 ? least / loss : 1;
            double square = ratio * ratio;
            weights[e] = there(e) ? (e == 0 ? 1 : PRIOR) * square * square * square : 0;
            sum += weights[e];
        }
        for (int e = 0; e < EXPERTS; e++) {
            weights[e] /= sum;
        }
    }

    private boolean there(int expert) {
        return expert == 0 || expert == LAST || seasons[expert] > 0 || (expert == LINEAR && linear);
    }

    /** Whether the ring holds what the naive experts said, {@code ago} steps before, of up to a horizon. */
    private boolean reaches(Ring ring, int horizon, int ago) {
        int farthest = ago;
        for (int season : seasons) {
            if (season > 0) {
                int whole = ago == 0 ? season - 1 : back(season, horizon);
                farthest = Math.max(farthest, whole);
            }
        }
        return farthest < ring.size();
    }

    /** What a naive expert said, {@code ago} steps before, of {@code horizon} steps ahead from there. */
    private double naive(int expert, Ring ring, int horizon, int ago) {
        int season = seasons[expert];
        if (season == 0) {
            return ring.raw(ago);
        }
        return ring.raw(back(season, horizon) - horizon + ago);
    }

    /** Whole seasons that reach back over a horizon, in steps. */
    private static int back(int season, int horizon) {
        return horizon <= season ? season : (horizon + season - 1) / season * season;
    }

    /**
     * Keeps a forecast's points until their truth arrives, and ends the row.
     *
     * @param state of this model. Modified.
     * @param points the model's own, before {@link #apply}, (horizons). Not modified.
     * @param linearPoints the linear path's, (horizons). Not modified.
     */
    void remember(MixtureState state, float[] points, float[] linearPoints) {
        for (int g = 0; g < state.reaches.length; g++) {
            int place = state.place(g, state.rows);
            if (place >= 0) {
                int h = state.horizon(g, state.rows) - 1;
                state.waiting[g][2 * place] = points[h];
                state.waiting[g][2 * place + 1] = linearPoints[h];
            }
        }
        state.rows++;
    }

    /** Ends a row without a forecast. {@code state} Modified. */
    void skip(MixtureState state) {
        for (int g = 0; g < state.reaches.length; g++) {
            int place = state.place(g, state.rows);
            if (place >= 0) {
                state.waiting[g][2 * place] = Float.NaN;
            }
        }
        state.rows++;
    }
}
