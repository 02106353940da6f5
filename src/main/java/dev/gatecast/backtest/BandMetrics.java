package dev.gatecast.backtest;

/**
 * How well one central band held.
 *
 * @param nominal the share that it promises, 0 to 1
 * @param coverage the share of actual values inside, 0 to 1; NaN without forecasts
 * @param width mean width, in the entities' units; NaN without forecasts
 */
public record BandMetrics(double nominal, double coverage, double width) {}
