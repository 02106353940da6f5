package dev.gatecast.model;

/**
 * Sigmoid and hyperbolic tangent in float arithmetic that gives the same bits on every JDK and CPU.
 *
 * <p>Over all floats, infinities included:
 *
 * <table>
 * <caption>What holds, tested against {@code StrictMath}</caption>
 * <tr><th></th><th>sigmoid</th><th>tanh</th></tr>
 * <tr><td>absolute error at most</td><td>1e-7</td><td>2e-7</td></tr>
 * <tr><td>relative error at most</td><td>3e-6, and 2.1e-9 more</td><td>5e-7 where |x| &gt; 1e-36</td></tr>
 * <tr><td>never decreases</td><td>yes</td><td>yes</td></tr>
 * <tr><td>symmetry</td><td>sigmoid(-x) = 1 - sigmoid(x) within 6e-8</td><td>tanh(-x) = -tanh(x) exactly</td></tr>
 * <tr><td>at ±infinity</td><td>0 and 1</td><td>-1 and 1</td></tr>
 * <tr><td>NaN</td><td>NaN</td><td>NaN</td></tr>
 * </table>
 */
public final class Activations {
    /*
     * Everything rests on E(y) = e^y - 1 for y in [0, 20]: a polynomial for E(y/16) with positive coefficients, then four
     * times E(2y) = E(y) (E(y) + 2). Each operation is a correctly rounded one of operands that are not negative and do
     * not fall when y grows, so E never falls either, in spite of rounding. The same is true of 1 / (1 + 2/E) and
     * 1 / (2 + E). Min and max put the sign back without a branch, so that C2 vectorises the array forms.
     * The coefficients minimise the largest relative error (1.8e-8), by linear programming.
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

    private Activations() {}

    /** The logistic function 1 / (1 + e^-x). */
    public static float sigmoid(float x) {
        // below 0: 1 / (2 + E(-x)); above: one minus that; 0.5 + x lies on the right side of both
        float tail = 1f / (2f + growth(Math.min(Math.abs(x), LIMIT))) - REST;
        return Math.max(tail, Math.min(1f - tail, 0.5f + x));
    }

    /** The hyperbolic tangent. */
    public static float tanh(float x) {
        // 1 / (1 + 2 / E(2|x|)), never beyond 2x on its own side
        float twice = x + x;
        float size = TINY / (TINY + TWO_TINY / growth(Math.min(Math.abs(twice), LIMIT)));
        return Math.max(-size, Math.min(size, twice));
    }

    /** Puts the sigmoid of each in its place. {@code x} Modified from {@code from} to {@code to}, exclusive. */
    public static void sigmoid(float[] x, int from, int to) {
        for (int i = from; i < to; i++) {
            x[i] = sigmoid(x[i]);
        }
    }

    /** Puts the tangent of each in its place. {@code x} Modified from {@code from} to {@code to}, exclusive. */
    public static void tanh(float[] x, int from, int to) {
        for (int i = from; i < to; i++) {
            x[i] = tanh(x[i]);
        }
    }

    /** e^y - 1 for y in [0, LIMIT]. */
    private static float growth(float y) {
        float e = y * (C1 + y * (C2 + y * (C3 + y * (C4 + y * (C5 + y * (C6 + y * C7))))));
        e *= e + 2f;
        e *= e + 2f;
        e *= e + 2f;
        return e * (e + 2f);
    }
}
