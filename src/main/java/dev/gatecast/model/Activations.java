package dev.gatecast.model;

/**
 * Sigmoid, hyperbolic tangent and decaying exponential in float arithmetic that gives the same bits on every JDK and CPU.
 *
 * <p>Over all floats, infinities included:
 *
 * <table>
 * <caption>What holds, tested against {@code StrictMath}</caption>
 * <tr><th></th><th>sigmoid</th><th>tanh</th><th>decay, x ≥ 0</th></tr>
 * <tr><td>absolute error at most</td><td>1.25e-7</td><td>2e-7</td><td>2e-7</td></tr>
 * <tr><td>relative error at most</td><td>3e-6, and 2.1e-9 more</td><td>6e-7 where |x| &gt; 1e-36</td><td>3e-6, and 2.1e-9
 * more</td></tr>
 * <tr><td>monotone</td><td>never decreases</td><td>never decreases</td><td>never increases</td></tr>
 * <tr><td>symmetry</td><td>sigmoid(-x) = 1 - sigmoid(x) within 6e-8</td><td>tanh(-x) = -tanh(x) exactly</td><td></td></tr>
 * <tr><td>limits</td><td>0 and 1</td><td>-1 and 1</td><td>1 at 0, 0 from 20 on</td></tr>
 * <tr><td>NaN</td><td>NaN</td><td>NaN</td><td>NaN</td></tr>
 * </table>
 */
public final class Activations {
    /*
     * Everything rests on E(y) = e^y - 1 for y in [0, 20]: a polynomial for E(y/16) with positive coefficients, then four
     * times E(2y) = E(y) (E(y) + 2). Each operation is a correctly rounded one of operands that are not negative and do
     * not fall when y grows, so E never falls either, in spite of rounding. The same is true of 1 / (1 + 2/E) and
     * 1 / (2 + E). Min and max put the sign back without a branch.
     * The coefficients minimise the largest relative error (1.8e-8), by linear programming.
     *
     * The array forms make several short passes, because C2 gives a long loop body narrow vectors and a slow scalar end.
     */
    private static final float LIMIT = 20f;
    private static final float C1 = 0.0625f;
    private static final float C2 = 0.00195311906f;
    private static final float C3 = 4.06950348e-05f;
    private static final float C4 = 6.34260459e-07f;
    private static final float C5 = 8.16700929e-09f;
    private static final float C6 = 6.69126005e-11f;
    private static final float C7 = 1.27847201e-12f;

    /** Powers of two that keep 2/E finite for the smallest E. */
    private static final float TINY = 0x1p-24f;

    private static final float TWO_TINY = 0x1p-23f;

    /** The sigmoid of -LIMIT before it is taken off, so that the limits are exactly 0 and 1. */
    private static final float REST = 1f / (2f + growth(LIMIT));

    /** The decay at LIMIT before it is taken off. */
    private static final float DECAY_REST = 1f / (1f + growth(LIMIT));

    private Activations() {}

    /** The logistic function 1 / (1 + e^-x). */
    public static float sigmoid(float x) {
        return between(tail(growth(limited(x))), x);
    }

    /** The hyperbolic tangent. */
    public static float tanh(float x) {
        return withSign(size(growth(limited(x + x))), x);
    }

    /** e^-x for x of 0 or more. */
    public static float decay(float x) {
        return 1f / (1f + growth(Math.min(x, LIMIT))) - DECAY_REST;
    }

    /**
     * Puts the decay of each in its place, with the same bits.
     *
     * @param x 0 or more. Modified from 0 to {@code n}, exclusive.
     */
    static void decay(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.min(x[i], LIMIT);
        }
        grow(x, n);
        for (int i = 0; i < n; i++) {
            x[i] = 1f / (1f + x[i]) - DECAY_REST;
        }
    }

    /**
     * Puts the sigmoid of each in its place, with the same bits.
     *
     * @param x Modified from 0 to {@code n}, exclusive.
     * @param work room for as many. Modified.
     */
    public static void sigmoid(float[] x, float[] work, int n) {
        limit(x, work, n);
        grow(work, n);
        tails(work, n);
        for (int i = 0; i < n; i++) {
            x[i] = between(work[i], x[i]);
        }
    }

    /**
     * Puts the tangent of each in its place, with the same bits.
     *
     * @param x Modified from 0 to {@code n}, exclusive.
     * @param work room for as many. Modified.
     */
    public static void tanh(float[] x, float[] work, int n) {
        limitTwice(x, work, n);
        grow(work, n);
        sizes(work, n);
        for (int i = 0; i < n; i++) {
            x[i] = withSign(work[i], x[i]);
        }
    }

    private static float limited(float x) {
        return Math.min(Math.abs(x), LIMIT);
    }

    /** e^y - 1 for y in [0, LIMIT]. */
    private static float growth(float y) {
        return doubled(sixteenth(y));
    }

    /** E(y / 16). */
    private static float sixteenth(float y) {
        float y2 = y * y;
        return y * ((C1 + y * C2) + y2 * ((C3 + y * C4) + y2 * ((C5 + y * C6) + y2 * C7)));
    }

    /** E(16 y) from E(y). */
    private static float doubled(float e) {
        e *= e + 2f;
        e *= e + 2f;
        e *= e + 2f;
        return e * (e + 2f);
    }

    /** sigmoid(-y) from E(y): 1 / (2 + E). */
    private static float tail(float e) {
        return 1f / (2f + e) - REST;
    }

    /** The tail where x is below 0, one minus it above: 0.5 + x lies beyond both, on the right side. */
    private static float between(float tail, float x) {
        return Math.max(tail, Math.min(1f - tail, 0.5f + x));
    }

    /** tanh(y / 2) from E(y): 1 / (1 + 2 / E). */
    private static float size(float e) {
        return TINY / (TINY + TWO_TINY / e);
    }

    /** The size with the sign of x: 2x lies beyond it, on the right side. */
    private static float withSign(float size, float x) {
        return Math.max(-size, Math.min(size, x + x));
    }

    private static void limit(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = limited(x[i]);
        }
    }

    private static void limitTwice(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = limited(x[i] + x[i]);
        }
    }

    private static void grow(float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = sixteenth(y[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = doubled(y[i]);
        }
    }

    private static void tails(float[] e, int n) {
        for (int i = 0; i < n; i++) {
            e[i] = tail(e[i]);
        }
    }

    private static void sizes(float[] e, int n) {
        for (int i = 0; i < n; i++) {
            e[i] = size(e[i]);
        }
    }
}
