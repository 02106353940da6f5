package dev.gatecast.backtest;

/**
 * How well directions were forecast.
 *
 * @param accuracy share of moves whose likeliest direction came, 0 to 1; NaN without forecasts
 * @param commonest the same for a forecast that always names each horizon's commonest direction, in hindsight
 */
public record DirectionMetrics(double accuracy, double commonest) {}
