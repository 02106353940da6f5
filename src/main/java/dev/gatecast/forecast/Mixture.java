package dev.gatecast.forecast;

import static dev.gatecast.forecast.MixtureState.POINTS;

import dev.gatecast.feature.Encoder;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.Ring;
import dev.gatecast.feature.Shift;
import java.util.Arrays;

/**
 * Mixes a model's point forecasts with simpler experts, by their past errors on the entity itself: the value one short or
 * long season before, the last value, the recipe's linear expert, without one the model's own linear path, and the model
 * less its bias: its points, all moved by what the next values lately came above it by (the intercept correction of Clements and Hendry, 1996). Belongs to one
 * model and one thread; the numbers of an entity are in its {@link MixtureState}.
 *
 * <p>By group of horizons (those of the calibration) each expert has a mean absolute error l, discounted by 0.99 a row. Its
 * weight is {@code prior (min l / l)^6}, the prior 1 for the model and 0.3 for the others. Of each row's forecast one
 * horizon of each group waits for its truth. Strays ({@link Strays}), values further from what an expert says than 8 times
 * the least of the losses, spoil neither: where no expert foresaw one, a miss that is its counts as so much, and an expert that would say a
 * stray is not asked. A row's order: {@link #settle}, then {@link #apply} and {@link #remember}, or {@link #skip}.
 */
final class Mixture {
    /** The model, the value a short and a long season before, the last value, the linear expert or path, the model less its bias. */
    static final int EXPERTS = 6;

    static final int UNBIASED = 5;

    private static final int SHORT = 1;
    private static final int LONG = 2;
    private static final int LAST = 3;
    private static final int LINEAR = 4;
    private static final double DISCOUNT = 0.99;
    private static final double PRIOR = 0.3;
    private static final int LEAST_JUDGED = 8; // before, the model is alone
    private static final double FAR = 8; // times the least loss
    private static final double BIAS_PACE = 0.3; // what a row counts in the bias

    private final int horizons;
    private final int[] seasons; // by expert; 0: it has none
    private final boolean linear;
    private final Strays strays;
    private final Encoder encoder;
    private final Shift shift = new Shift(); // of the clocks, seen from the step whose forecast it is about
    private final double[] weights = new double[EXPERTS];
    private final double[] said = new double[EXPERTS];
    private final double[] missed = new double[EXPERTS];
    private final double[][] saying; // (experts, horizons), where all are asked
    private final double[] sums; // (horizons), of how far they are from the best one
    private float bias; // of the entity whose forecast is mixed

    /**
     * The mixture of one model.
     *
     * @param encoder the model's; a season before is the same local time, as for its lags
     * @param linear whether the model has a linear path
     */
    Mixture(Recipe recipe, Encoder encoder, boolean linear) {
        this.encoder = encoder;
        this.horizons = recipe.horizons();
        this.seasons = seasons(recipe.spec().seasons());
        this.linear = linear;
        this.saying = new double[EXPERTS][horizons];
        this.sums = new double[horizons];
        this.strays = new Strays(seasons[SHORT], seasons[LONG]);
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
     * @param time of that value, milliseconds since the epoch
     */
    void settle(MixtureState state, Ring ring, long time) {
        for (int g = 0; g < state.reaches.length; g++) {
            for (int h = state.first(g); h <= state.reaches[g]; h++) {
                long row = state.rows - h;
                int place = state.horizon(g, row) == h ? state.place(g, row) : -1; // few rows get to the divisions
                if (place >= 0 && !Float.isNaN(state.waiting[g][POINTS * place])) {
                    encoder.shift(ring, time - h * encoder.spec().cadence(), shift);
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
        double far = far(state, group);
        double most = 0;
        for (int e = 0; e < EXPERTS; e++) {
            double point = naive(e) ? ring.raw(ago(e, horizon, horizon)) : points[POINTS * place + kept(e)];
            missed[e] = Math.abs(ring.raw(0) - point);
            most = Math.max(most, missed[e]);
        }
        if (most > far) {
            forgive(ring, horizon, far);
        }
        for (int e = 0; e < EXPERTS; e++) {
            int at = group * EXPERTS + e;
            state.losses[at] += (float) (pace * (missed[e] - state.losses[at]));
        }
        state.judged[group] = Math.min(count + 1, Integer.MAX_VALUE - 1);
        if (horizon == 1) {
            double above = ring.raw(0) - points[POINTS * place];
            double counted = Math.max(-missed[0], Math.min(missed[0], above)); // as far as it is not forgiven
            state.bias += (float) (BIAS_PACE * (counted - state.bias));
        }
    }

    /** Strays are forgiven: one that came and that no expert foresaw, and one that an expert repeats. */
    private void forgive(Ring ring, int horizon, double far) {
        boolean came = strays.stray(ring, 0, far) && !foreseen(ring, horizon, far);
        for (int e = 0; e < EXPERTS; e++) {
            if (missed[e] > far && (came || repeats(e, ring, horizon, far))) {
                missed[e] = far;
            }
        }
    }

    /** Whether an expert that repeats no stray came near the newest value. */
    private boolean foreseen(Ring ring, int horizon, double far) {
        for (int e = 0; e < EXPERTS; e++) {
            if (there(e) && missed[e] <= far && !repeats(e, ring, horizon, far)) {
                return true;
            }
        }
        return false;
    }

    private boolean repeats(int expert, Ring ring, int horizon, double far) {
        return naive(expert) && strays.stray(ring, ago(expert, horizon, horizon), far);
    }

    /** How far from an expert a stray is, in the entity's units; Infinity while nothing is known, or nothing ever missed. */
    private double far(MixtureState state, int group) {
        double least = least(state.losses, group * EXPERTS);
        return state.judged[group] >= LEAST_JUDGED && least > 0 ? FAR * least : Double.POSITIVE_INFINITY;
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
     * @param time of that value, milliseconds since the epoch
     * @param linearPoints the linear path's, in the entity's units, (horizons). Not modified.
     * @param points the model's own, in the entity's units; then the mixed ones, (horizons). Modified.
     */
    void apply(MixtureState state, Ring ring, long time, float[] linearPoints, float[] points) {
        encoder.shift(ring, time, shift);
        bias = state.bias;
        if (!suits(state) || !reaches(ring, horizons, 0)) {
            return;
        }
        for (int g = 0; g < state.reaches.length; g++) {
            if (state.judged[g] >= LEAST_JUDGED) {
                mix(state, g, ring, linearPoints, points);
            }
        }
    }

    /** {@code points} Modified at the group's horizons. */
    private void mix(MixtureState state, int group, Ring ring, float[] linearPoints, float[] points) {
        int first = state.first(group);
        int reach = state.reaches[group];
        weigh(state.losses, group * EXPERTS);
        if (allSay(points, linearPoints, first, reach, ring, far(state, group))) {
            mixAll(state.losses, group * EXPERTS, first, reach, points);
        } else {
            mixEach(state, group, ring, linearPoints, points);
        }
    }

    /** Mixes a group's horizons one by one. {@code points} Modified at them. */
    void mixEach(MixtureState state, int group, Ring ring, float[] linearPoints, float[] points) {
        double far = far(state, group);
        weigh(state.losses, group * EXPERTS);
        for (int h = state.first(group); h <= state.reaches[group]; h++) {
            ask(points[h - 1], linearPoints[h - 1], h, ring, far);
            points[h - 1] = mixed(state.losses, group * EXPERTS);
        }
    }

    /** Fills what the experts say of a group's horizons; false where {@link #ask} leaves one of them out. */
    private boolean allSay(float[] points, float[] linearPoints, int first, int reach, Ring ring, double far) {
        boolean all = true;
        for (int h = first; h <= reach; h++) {
            saying[0][h - 1] = points[h - 1];
            saying[LINEAR][h - 1] = linearPoints[h - 1];
            saying[UNBIASED][h - 1] = points[h - 1] + bias;
            all &= !Float.isNaN(linearPoints[h - 1]) && !Float.isNaN(points[h - 1]);
        }
        for (int e = SHORT; e <= LAST; e++) {
            for (int h = first; there(e) && h <= reach; h++) {
                int ago = ago(e, h, 0);
                double point = ring.raw(ago);
                saying[e][h - 1] = point;
                all &= Math.abs(point - saying[0][h - 1]) <= far || !strays.stray(ring, ago, far);
            }
        }
        return all;
    }

    /** {@link #mixed} of a group's horizons where all experts are asked: who is best and what they weigh is the same for all. */
    private void mixAll(float[] losses, int from, int first, int reach, float[] points) {
        int best = 0;
        double asked = 0;
        for (int e = 0; e < EXPERTS; e++) {
            best = weights[e] > weights[best] ? e : best;
            asked += weights[e];
        }
        Arrays.fill(sums, first - 1, reach, 0.0);
        for (int e = 0; e < EXPERTS; e++) {
            double most = FAR * losses[from + e];
            for (int i = first - 1; weights[e] > 0 && i < reach; i++) {
                double way = saying[e][i] - saying[best][i];
                sums[i] += weights[e] * Math.max(-most, Math.min(most, way));
            }
        }
        for (int i = first - 1; i < reach; i++) {
            points[i] = (float) (asked > 0 ? saying[best][i] + sums[i] / asked : saying[0][i]);
        }
    }

    /** The mean of what the experts say that are asked, from the weightiest outwards, as far as their losses let them be. */
    private float mixed(float[] losses, int from) {
        int best = 0;
        double sum = 0;
        double asked = 0;
        for (int e = 0; e < EXPERTS; e++) {
            best = asks(e) && weights[e] > weights[best] || !asks(best) ? e : best;
        }
        for (int e = 0; e < EXPERTS; e++) {
            if (asks(e) && weights[e] > 0) {
                double way = said[e] - said[best];
                double most = FAR * losses[from + e];
                sum += weights[e] * Math.max(-most, Math.min(most, way));
                asked += weights[e];
            }
        }
        return (float) (asked > 0 ? said[best] + sum / asked : said[0]);
    }

    private boolean asks(int expert) {
        return !Double.isNaN(said[expert]);
    }

    /** Fills what each expert says of a horizon, NaN: it is not asked. */
    private void ask(double own, double linearPoint, int horizon, Ring ring, double far) {
        said[0] = own;
        said[LINEAR] = linearPoint;
        said[UNBIASED] = own + bias;
        for (int e = SHORT; e <= LAST; e++) {
            int ago = there(e) ? ago(e, horizon, 0) : 0;
            double point = ring.raw(ago);
            boolean stray = Math.abs(point - own) > far && strays.stray(ring, ago, far);
            said[e] = there(e) && !stray ? point : Double.NaN;
        }
    }

    private void weigh(float[] losses, int from) {
        double least = least(losses, from);
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

    private double least(float[] losses, int from) {
        double least = Double.POSITIVE_INFINITY;
        for (int e = 0; e < EXPERTS; e++) {
            least = there(e) ? Math.min(least, losses[from + e]) : least;
        }
        return least;
    }

    /** Which of the points that wait is one that is not naive. */
    private static int kept(int expert) {
        return expert == LINEAR ? 1 : expert == UNBIASED ? 2 : 0;
    }

    private static boolean naive(int expert) {
        return expert >= SHORT && expert <= LAST;
    }

    private boolean there(int expert) {
        return expert == 0
                || expert == LAST
                || expert == UNBIASED
                || seasons[expert] > 0
                || (expert == LINEAR && linear);
    }

    /** Whether the ring holds what the naive experts said, {@code ago} steps before, of up to a horizon. */
    private boolean reaches(Ring ring, int horizon, int ago) {
        int farthest = ago;
        for (int season : seasons) {
            if (season > 0) {
                int age = ago == 0 ? season - 1 : before(season, horizon);
                farthest = Math.max(farthest, local(age) + ago);
            }
        }
        return farthest < ring.size();
    }

    /** How long ago is the value that a naive expert said, {@code ago} steps before, of {@code horizon} steps ahead from there. */
    private int ago(int expert, int horizon, int ago) {
        int season = seasons[expert];
        return season == 0 ? ago : local(before(season, horizon)) + ago;
    }

    /** The age of the value whole seasons before a horizon, as the clocks are at the next step. */
    private int before(int season, int horizon) {
        int ahead = shift.ahead(horizon);
        return back(season, ahead) - ahead;
    }

    /** The age of the value of the same local time; the ring holds it, as {@link #reaches} says. */
    private int local(int age) {
        return shift.age(age, Integer.MAX_VALUE);
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
                state.waiting[g][POINTS * place] = points[h];
                state.waiting[g][POINTS * place + 1] = linearPoints[h];
                state.waiting[g][POINTS * place + 2] = points[h] + state.bias;
            }
        }
        state.rows++;
    }

    /** Ends a row without a forecast. {@code state} Modified. */
    void skip(MixtureState state) {
        for (int g = 0; g < state.reaches.length; g++) {
            int place = state.place(g, state.rows);
            if (place >= 0) {
                state.waiting[g][POINTS * place] = Float.NaN;
            }
        }
        state.rows++;
    }
}
