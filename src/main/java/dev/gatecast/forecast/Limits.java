package dev.gatecast.forecast;

/**
 * What forecasts are kept within; monotone, so quantiles stay ordered.
 *
 * @param least no value is below it
 * @param most no value is above it
 * @param whole whether values are rounded to whole numbers, before the limits
 */
record Limits(float least, float most, boolean whole) {
    /** A model's own limit, or the one that is set where there is one. */
    static Limits of(Correction correction, ForecasterSettings.Output output) {
        double least = output.least() == Double.NEGATIVE_INFINITY ? correction.least() : output.least();
        return new Limits((float) Math.min(least, output.most()), (float) output.most(), output.whole());
    }

    /** {@code values} Modified. */
    void apply(float[] values) {
        for (int i = 0; whole && i < values.length; i++) {
            values[i] = (float) Math.rint(values[i]);
        }
        keep(values);
    }

    /** Within the limits alone: a mean of whole numbers need not be one. {@code values} Modified. */
    void keep(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(Math.max(values[i], least), most);
        }
    }
}
