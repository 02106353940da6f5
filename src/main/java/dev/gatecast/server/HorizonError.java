package dev.gatecast.server;

/**
 * How good the forecasts of one horizon have been, against values that came later. NaN where there is nothing to compare.
 *
 * @param horizon steps ahead
 * @param count forecasts compared
 * @param mae mean absolute error of the median
 * @param naive mean absolute errors of the plain forecasts for the same target times
 * @param coverage share of values within the 90 % band
 */
public record HorizonError(int horizon, long count, double mae, Naive naive, double coverage) {
    /**
     * Mean absolute errors of forecasts that need no model.
     *
     * @param last the value at the time the forecast was made
     * @param day the value a day before the target time
     * @param week the value a week before the target time
     */
    public record Naive(double last, double day, double week) {}
}
