package dev.gatecast.server;

import java.util.List;

/**
 * How good the forecasts of a group of horizons have been, against values that came later. NaN where there is nothing to compare.
 *
 * @param from nearest of the group's horizons, steps ahead
 * @param to the farthest
 * @param count forecasts compared
 * @param mae mean absolute error of the median
 * @param naive mean absolute errors of the plain forecasts for the same target times
 * @param shares of values within the 50, 80, 90 and 95 % band
 */
public record HorizonError(int from, int to, long count, double mae, Naive naive, List<Double> shares) {
    /**
     * Mean absolute errors of forecasts that need no model.
     *
     * @param last the value at the time the forecast was made
     * @param day the value a day before the target time
     * @param week the value a week before the target time
     */
    public record Naive(double last, double day, double week) {}

    private static final int NINETY = 2;

    /** Share of values within the 90 % band. */
    public double coverage() {
        return shares.get(NINETY);
    }

    /** The horizons as text: 1, or 2-6. */
    String horizons() {
        return from == to ? Integer.toString(to) : from + "-" + to;
    }
}
