package dev.gatecast.backtest;

/**
 * What a threshold rule would have earned; NaN where there is none to tell.
 *
 * @param directions forecasts that named a direction, where the value moved
 * @param right the share of them that named the right one, 0 to 1
 * @param trades forecasts that were farther from the value than the cost
 * @param won the share of the trades that earned more than the cost, 0 to 1
 * @param profit sum of all trades after costs, in the units of the cost
 * @param each mean profit of a trade after its cost, in the units of the cost
 */
public record TradeMetrics(long directions, double right, long trades, double won, double profit, double each) {}
