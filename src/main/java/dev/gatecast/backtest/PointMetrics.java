package dev.gatecast.backtest;

/**
 * How far point forecasts were off; NaN where there is none to tell.
 *
 * @param count forecasts that met their actual value
 * @param mae mean absolute error, in the entities' units
 * @param rmse root of the mean squared error, in the entities' units
 * @param smape mean of 200 |y - f| / (|y| + |f|), in percent
 * @param mase mean of |y - f| over the entity's own mean seasonal difference before the forecast was made
 */
public record PointMetrics(long count, double mae, double rmse, double smape, double mase) {}
