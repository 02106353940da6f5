package dev.gatecast.backtest;

import dev.gatecast.forecast.PairedTest;

/**
 * A paired test of Diebold and Mariano (1995): whether another's absolute errors are larger than the subject's by more
 * than chance. Errors are averaged over all entities and the horizons of forecasts made at about the same time; see
 * {@link PairedTest#ofTimes}.
 *
 * @param other who is compared
 * @param from the first horizon, from 1
 * @param to the last horizon, included
 * @param difference mean of the other's absolute error less the subject's, over times; above 0: the subject is better
 * @param statistic the difference in deviations of it; NaN where there are too few times
 * @param p chance of a difference at least as large between equals; NaN where there are too few times
 */
public record Significance(String other, int from, int to, double difference, double statistic, double p) {
    static Significance of(String other, int from, int to, double[] differences, double overlap) {
        var test = PairedTest.ofTimes(differences, overlap);
        return new Significance(other, from, to, test.mean(), test.statistic(), test.p());
    }
}
