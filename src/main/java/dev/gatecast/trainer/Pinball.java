package dev.gatecast.trainer;

/** The loss of quantile forecasts. */
final class Pinball {
    private Pinball() {}

    /**
     * Mean over the levels of {@code max(q e, (q - 1) e)}, e the truth minus the quantile.
     *
     * @param quantiles from {@code at} on, one for each level. Not modified.
     * @param levels probabilities. Not modified.
     */
    static double mean(float[] quantiles, int at, float[] levels, double truth) {
        double sum = 0;
        for (int q = 0; q < levels.length; q++) {
            double error = truth - quantiles[at + q];
            sum += Math.max(levels[q] * error, (levels[q] - 1) * error);
        }
        return sum / levels.length;
    }
}
