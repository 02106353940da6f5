package dev.gatecast.forecast;

import dev.gatecast.feature.Ring;

/**
 * The forecast of an entity with fewer values than the head looks at: the value one season before, or the last value
 * while there is no whole season, with Laplace quantiles as wide as such forecasts have missed so far.
 */
final class YoungForecast {
    private YoungForecast() {}

    /**
     * Writes the quantiles in the entity's units.
     *
     * @param ring at least one value. Not modified.
     * @param recipe the model's horizons and levels
     * @param out (horizons * levels). Modified.
     */
    static void write(Ring ring, Recipe recipe, float[] out) {
        int season = recipe.spec().seasons().shorter();
        boolean seasonal = season > 0 && ring.size() > season;
        int lag = seasonal ? season : 1;
        double miss = meanMiss(ring, lag);
        int levels = recipe.levels().length;
        for (int horizon = 1; horizon <= recipe.horizons(); horizon++) {
            float centre = seasonal ? ring.raw(season - 1 - (horizon - 1) % season) : ring.raw(0);
            double width = seasonal ? miss : miss * Math.sqrt(horizon);
            for (int q = 0; q < levels; q++) {
                double value = centre + width * laplace(recipe.levels()[q]);
                out[(horizon - 1) * levels + q] = fence(recipe, value);
            }
        }
    }

    /** Mean absolute difference over {@code lag} steps; a tenth of the value itself while there is none. */
    private static double meanMiss(Ring ring, int lag) {
        int pairs = ring.size() - lag;
        if (pairs < 1) {
            return 0.1 * Math.abs(ring.raw(0));
        }
        double sum = 0;
        for (int i = 0; i < pairs; i++) {
            sum += Math.abs(ring.raw(i) - ring.raw(i + lag));
        }
        return sum / pairs;
    }

    /** Quantile of the Laplace distribution with mean absolute deviation 1. */
    private static double laplace(double level) {
        return level < 0.5 ? StrictMath.log(2 * level) : -StrictMath.log(2 * (1 - level));
    }

    /** Within what the transform can give: a count's quantile is not below 0. */
    private static float fence(Recipe recipe, double value) {
        var transform = recipe.spec().transform();
        return transform.inverse(transform.forward(value));
    }

    /** Whether the head cannot be used yet. */
    static boolean needed(Ring ring, Recipe recipe) {
        return ring.size() < recipe.spec().windows().profile();
    }
}
