package dev.gatecast.forecast;

/**
 * What forecasts are kept within; monotone, so quantiles stay ordered.
 *
 * @param least no value is below it
 * @param most no value is above it
 * @param whole whether values are rounded to whole numbers, before the limits
 */
record Limits(float least, float most, boolean whole) {
    private static final float NEAR = 0.01f;

    /** A model's own limit, or the one that is set where there is one. */
    static Limits of(Correction correction, ForecasterSettings.Output output) {
        double least = output.least() == Double.NEGATIVE_INFINITY ? correction.least() : output.least();
        return new Limits((float) Math.min(least, output.most()), (float) output.most(), output.whole());
    }

    /**
     * Keeps quantiles within the limits. What is nearer to the least value than a hundredth of the way to the horizon's highest
     * quantile is that value: a count of 0 is not below a quantile that means it.
     *
     * @param levels of each horizon
     * @param values horizon by horizon, (horizons * levels). Modified.
     */
    void apply(int levels, float[] values) {
        for (int i = 0; whole && i < values.length; i++) {
            values[i] = (float) Math.rint(values[i]);
        }
        keep(values);
        for (int from = 0; least != Float.NEGATIVE_INFINITY && from < values.length; from += levels) {
            float near = near(least, values[from + levels - 1]);
            for (int i = from; i < from + levels && values[i] < near; i++) {
                values[i] = least;
            }
        }
    }

    /** What a quantile must reach to be more than the least value, where the highest one is {@code highest}. */
    static float near(float least, float highest) {
        return least + NEAR * (highest - least);
    }

    /** Within the limits alone: a mean of whole numbers need not be one. {@code values} Modified. */
    void keep(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(Math.max(values[i], least), most);
        }
    }
}
