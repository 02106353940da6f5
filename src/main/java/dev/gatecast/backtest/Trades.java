package dev.gatecast.backtest;

/**
 * What one contender's forecasts would have earned by a threshold rule, as running sums: where the forecast is farther
 * above (below) the value than a trade costs, one unit is bought (sold) at that value, and closed at the value that comes
 * at the horizon. Every forecast is a trade of its own, whatever else is open.
 */
final class Trades {
    /** The rule in words, for the reports. */
    static final String RULE =
            "a unit is bought (sold) where the median is above (below) the value by more than the cost,"
                    + " and closed at the horizon; trades overlap, and nothing but the cost is taken off: a comparison of"
                    + " forecasts, not a strategy";

    private final Cost cost;
    private final long[] directions; // (horizons)
    private final long[] right; // (horizons)
    private final long[] trades; // (horizons)
    private final long[] won; // (horizons)
    private final double[] profit; // (horizons)

    Trades(Cost cost, int horizons) {
        this.cost = cost;
        directions = new long[horizons];
        right = new long[horizons];
        trades = new long[horizons];
        won = new long[horizons];
        profit = new double[horizons];
    }

    /**
     * Adds one forecast.
     *
     * @param horizon from 1
     * @param now the value at which it was made
     */
    void add(int horizon, double now, double forecast, double actual) {
        var expected = cost.move(now, forecast);
        var moved = cost.move(now, actual);
        if (Double.isNaN(expected) || Double.isNaN(moved)) {
            return;
        }
        var h = horizon - 1;
        if (expected != 0 && moved != 0) {
            directions[h]++;
            right[h] += expected > 0 == moved > 0 ? 1 : 0;
        }
        if (Math.abs(expected) > cost.amount()) {
            var earned = (expected > 0 ? moved : -moved) - cost.amount();
            trades[h]++;
            won[h] += earned > 0 ? 1 : 0;
            profit[h] += earned;
        }
    }

    void merge(Trades other) {
        for (var h = 0; h < trades.length; h++) {
            directions[h] += other.directions[h];
            right[h] += other.right[h];
            trades[h] += other.trades[h];
            won[h] += other.won[h];
            profit[h] += other.profit[h];
        }
    }

    /** The sums over horizons {@code from} to {@code to}, both from 1 and included. */
    TradeMetrics metrics(int from, int to) {
        var allDirections = sum(directions, from, to);
        var allTrades = sum(trades, from, to);
        double sum = 0;
        for (var h = from - 1; h < to; h++) {
            sum += profit[h];
        }
        return new TradeMetrics(
                allDirections,
                (double) sum(right, from, to) / allDirections,
                allTrades,
                (double) sum(won, from, to) / allTrades,
                sum,
                sum / allTrades);
    }

    private static long sum(long[] counts, int from, int to) {
        var sum = 0L;
        for (var h = from - 1; h < to; h++) {
            sum += counts[h];
        }
        return sum;
    }
}
