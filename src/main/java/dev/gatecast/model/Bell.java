package dev.gatecast.model;

import java.util.function.DoubleUnaryOperator;

/**
 * The quantiles of a density that is symmetric about 0 and falls from there, and what a location and a scale make of them.
 *
 * <p>A head's pair of numbers is the location μ and the logarithm s of the scale, which is kept within {@code e^±10}.
 */
final class Bell {
    private static final double MOST_LOG_SCALE = 10;
    private static final int PANELS = 32;

    private Bell() {}

    /** s within its bounds. */
    static double bounded(float s) {
        return Math.max(-MOST_LOG_SCALE, Math.min(MOST_LOG_SCALE, (double) s));
    }

    /** A slope in s, but none that leads out of the bounds. */
    static float inward(float s, double slope) {
        var leadsOut = (s > MOST_LOG_SCALE && slope < 0) || (s < -MOST_LOG_SCALE && slope > 0);
        return leadsOut ? 0 : (float) slope;
    }

    /** The standard quantile of each level. */
    static float[] quantiles(DoubleUnaryOperator density, float[] levels) {
        Levels.check(levels);
        var quantiles = new float[levels.length];
        for (var i = 0; i < levels.length; i++) {
            var level = (double) levels[i];
            var size = quantile(density, Math.max(level, 1 - level));
            quantiles[i] = (float) (level < 0.5 ? -size : size);
        }
        return quantiles;
    }

    /**
     * By Newton's method from the middle. The distribution is concave on this side, so each step stops short of the
     * solution; only the part between two steps is integrated, by Simpson's rule.
     */
    private static double quantile(DoubleUnaryOperator density, double level) {
        var z = 0.0;
        var below = 0.5;
        for (var i = 0; i < 200; i++) {
            var step = (level - below) / density.applyAsDouble(z);
            if (!(step > 1e-12)) {
                break;
            }
            below += integral(density, z, z + step);
            z += step;
        }
        return z;
    }

    private static double integral(DoubleUnaryOperator density, double from, double to) {
        var width = (to - from) / PANELS;
        var sum = density.applyAsDouble(from) + density.applyAsDouble(to);
        for (var i = 1; i < PANELS; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * density.applyAsDouble(from + i * width);
        }
        return sum * width / 3;
    }

    /** μ + e^s times each standard quantile. */
    static Output.Fan fan(float[] standard) {
        return (numbers, quantiles) -> {
            for (int pair = 0, at = 0; pair < numbers.length; pair += 2) {
                var scale = (float) StrictMath.exp(bounded(numbers[pair + 1]));
                for (int i = 0; i < standard.length; i++) {
                    quantiles[at++] = numbers[pair] + scale * standard[i];
                }
            }
        };
    }

    /** The pairs whose outermost quantiles lie as far apart as given ones, around the same middle one. */
    static void fit(float[] quantiles, float[] standard, float[] numbers) {
        var n = standard.length;
        var range = Math.max(standard[n - 1] - standard[0], 1e-6f);
        for (int pair = 0, from = 0; pair < numbers.length; pair += 2, from += n) {
            var scale = n == 1 ? 1 : (quantiles[from + n - 1] - quantiles[from]) / range;
            numbers[pair] = quantiles[from + n / 2] - scale * standard[n / 2];
            numbers[pair + 1] = (float) bounded((float) StrictMath.log(Math.max(scale, 1e-4f)));
        }
    }
}
