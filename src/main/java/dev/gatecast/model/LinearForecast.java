package dev.gatecast.model;

import java.util.Arrays;

/**
 * A linear model from recent values to all horizons, beside a network: what a forecast may be mixed with. Immutable and
 * shared.
 */
public final class LinearForecast {
    private final float[] weights; // (horizons, values)
    private final float[] bias; // (horizons)
    private final float[][] rows; // (values, horizons), the same weights by value

    /**
     * A linear model.
     *
     * @param weights oldest value first, (horizons * values), each horizon's together. Not modified.
     * @param bias (horizons). Not modified.
     * @throws IllegalArgumentException if there is no value or horizon, the lengths do not fit, or a number is not finite
     */
    public LinearForecast(float[] weights, float[] bias) {
        if (bias.length == 0 || weights.length == 0 || weights.length % bias.length != 0) {
            throw new IllegalArgumentException(
                    "linear forecast: expected as many weights for each of some horizons, got " + weights.length
                            + " for " + bias.length);
        }
        checkFinite(weights);
        checkFinite(bias);
        this.weights = weights.clone();
        this.bias = bias.clone();
        rows = new float[weights.length / bias.length][bias.length];
        Rows.byInput(weights, 0, bias.length, rows, 0, rows.length, 0);
    }

    private static void checkFinite(float[] numbers) {
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException("linear forecast: expected finite weights, got " + number);
            }
        }
    }

    /** How many recent values it looks at. */
    public int values() {
        return rows.length;
    }

    /** Steps ahead. */
    public int horizons() {
        return bias.length;
    }

    /** A copy of the weights, (horizons * values). */
    public float[] weights() {
        return weights.clone();
    }

    /** A copy of the bias, (horizons). */
    public float[] bias() {
        return bias.clone();
    }

    /**
     * Forecasts all horizons. Allocates nothing.
     *
     * @param values newest last, (values). Not modified.
     * @param out in the same units, (1, horizons). Modified.
     */
    public void forecast(float[] values, float[][] out) {
        System.arraycopy(bias, 0, out[0], 0, bias.length);
        Rows.multiply(rows, 0, rows.length, values, 0, out, 1, 0, bias.length);
    }

    /** Whether the other has the same numbers. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LinearForecast linear
                && Arrays.equals(weights, linear.weights)
                && Arrays.equals(bias, linear.bias);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(weights) + Arrays.hashCode(bias);
    }
}
