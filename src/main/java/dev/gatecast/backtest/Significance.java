package dev.gatecast.backtest;

import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/**
 * A paired test of Diebold and Mariano (1995): whether another's absolute errors are larger than the subject's by more
 * than chance. Errors are averaged over all entities and horizons of forecasts made at about the same time; the variance
 * of the mean allows for neighbouring times being alike, as far as their horizons overlap and at least as far as Newey
 * and West's rule, with Bartlett's weights. The two-sided p-value is that of the normal distribution.
 *
 * @param other who is compared
 * @param difference mean of the other's absolute error less the subject's, over times; above 0: the subject is better
 * @param statistic the difference in deviations of it; NaN where there are too few times
 * @param p chance of a difference at least as large between equals; NaN where there are too few times
 */
public record Significance(String other, double difference, double statistic, double p) {
    private static final int FEWEST = 10;

    static Significance of(
            String other, SortedMap<Long, double[]> times, double overlap, ToDoubleFunction<double[]> difference) {
        var d = times.values().stream()
                .mapToDouble(sums -> difference.applyAsDouble(sums) / sums[Sums.COUNT])
                .toArray();
        var mean = 0.0;
        for (var one : d) {
            mean += one / d.length;
        }
        var variance = d.length < FEWEST ? Double.NaN : variance(d, mean, lags(d.length, overlap));
        if (!(variance > 0)) {
            return new Significance(other, mean, Double.NaN, Double.NaN);
        }
        var statistic = mean / Math.sqrt(variance / d.length);
        return new Significance(other, mean, statistic, twoSided(statistic));
    }

    private static int lags(int count, double overlap) {
        var rule = 4 * StrictMath.pow(count / 100.0, 2.0 / 9);
        return (int) Math.min(count / 3.0, Math.ceil(Math.max(overlap, rule)));
    }

    /** Long-run variance. */
    private static double variance(double[] d, double mean, int lags) {
        var sum = autocovariance(d, mean, 0);
        for (var lag = 1; lag <= lags; lag++) {
            sum += 2 * (1 - lag / (lags + 1.0)) * autocovariance(d, mean, lag);
        }
        return sum;
    }

    private static double autocovariance(double[] d, double mean, int lag) {
        var sum = 0.0;
        for (var i = lag; i < d.length; i++) {
            sum += (d[i] - mean) * (d[i - lag] - mean);
        }
        return sum / d.length;
    }

    /**
     * Mass of the normal distribution beyond |z| on both sides: W. J. Cody's bound as Numerical Recipes' erfc gives it,
     * within 1.2e-7 of itself.
     */
    static double twoSided(double z) {
        var x = Math.abs(z) / Math.sqrt(2);
        var t = 1 / (1 + 0.5 * x);
        var poly = -1.26551223
                + t
                        * (1.00002368
                                + t
                                        * (0.37409196
                                                + t
                                                        * (0.09678418
                                                                + t
                                                                        * (-0.18628806
                                                                                + t
                                                                                        * (0.27886807
                                                                                                + t
                                                                                                        * (-1.13520398
                                                                                                                + t
                                                                                                                        * (1.48851587
                                                                                                                                + t
                                                                                                                                        * (-0.82215223
                                                                                                                                                + t
                                                                                                                                                        * 0.17087277))))))));
        return t * StrictMath.exp(-x * x + poly);
    }
}
