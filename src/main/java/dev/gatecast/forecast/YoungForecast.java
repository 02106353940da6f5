package dev.gatecast.forecast;

import dev.gatecast.feature.Ring;
import dev.gatecast.feature.Transform;

/**
 * The forecast of an entity with fewer values than the head looks at: the value one season before, or the last value
 * while there is no whole season, with Laplace quantiles, under the model's transform.
 *
 * <p>They are as wide as such forecasts have missed so far on the entity, the fleet's spread counting as
 * {@value #WEIGHT} misses more: nothing is known of an entity at its first tick but that it is one of the fleet. A last
 * value is taken to miss by the root of the steps ahead, up to the whole spread.
 */
final class YoungForecast {
    /** Misses that the fleet's spread stands for. */
    private static final int WEIGHT = 4;

    /** Mean difference of two values drawn from a normal distribution, in deviations: nothing tells them more apart. */
    private static final double STRANGERS = 1.128;

    /** What one step is taken to be of that before any is seen. */
    private static final double STEP = 0.5;

    private YoungForecast() {}

    /**
     * Writes the quantiles in the entity's units.
     *
     * @param ring at least one value. Not modified.
     * @param recipe the model's horizons and levels
     * @param out (horizons * levels). Modified.
     */
    static void write(Ring ring, Recipe recipe, float[] out) {
        var transform = recipe.spec().transform();
        int season = recipe.spec().seasons().shorter();
        boolean seasonal = season > 0 && ring.size() > season;
        double strangers = STRANGERS * recipe.spec().spread().training();
        double step = miss(ring, transform, 1, STEP * strangers);
        double miss = seasonal ? miss(ring, transform, season, STEP * strangers) : step;
        double most = Math.max(strangers, step);
        int levels = recipe.levels().length;
        for (int horizon = 1; horizon <= recipe.horizons(); horizon++) {
            float value = seasonal ? ring.raw(season - 1 - (horizon - 1) % season) : ring.raw(0);
            double centre = transform.forward(value);
            double width = seasonal ? miss : Math.min(most, miss * Math.sqrt(horizon));
            for (int q = 0; q < levels; q++) {
                out[(horizon - 1) * levels + q] = transform.inverse(centre + width * laplace(recipe.levels()[q]));
            }
        }
    }

    /** Mean absolute difference over {@code lag} steps, under the transform, with what is known before counted in. */
    private static double miss(Ring ring, Transform transform, int lag, double before) {
        double sum = WEIGHT * before;
        int pairs = Math.max(0, ring.size() - lag);
        for (int i = 0; i < pairs; i++) {
            sum += Math.abs(transform.forward(ring.raw(i)) - transform.forward(ring.raw(i + lag)));
        }
        return sum / (pairs + WEIGHT);
    }

    /** Quantile of the Laplace distribution with mean absolute deviation 1. */
    private static double laplace(double level) {
        return level < 0.5 ? StrictMath.log(2 * level) : -StrictMath.log(2 * (1 - level));
    }

    /** Whether the head cannot be used yet. */
    static boolean needed(Ring ring, Recipe recipe) {
        return ring.size() < recipe.spec().windows().profile();
    }
}
