package dev.gatecast.backtest;

/** Errors of one contender's point forecasts by horizon, as running sums. */
final class PointErrors {
    private final long[] count; // (horizons)
    private final double[] absolute; // (horizons)
    private final double[] square; // (horizons)
    private final double[] symmetric; // (horizons)
    private final long[] scaledCount; // (horizons)
    private final double[] scaled; // (horizons)

    PointErrors(int horizons) {
        count = new long[horizons];
        absolute = new double[horizons];
        square = new double[horizons];
        symmetric = new double[horizons];
        scaledCount = new long[horizons];
        scaled = new double[horizons];
    }

    /**
     * Adds one forecast.
     *
     * @param horizon from 1
     * @param scale the entity's mean seasonal difference before the forecast was made; not above 0 where unknown
     */
    void add(int horizon, double actual, double forecast, double scale) {
        var h = horizon - 1;
        var error = Math.abs(actual - forecast);
        var size = Math.abs(actual) + Math.abs(forecast);
        count[h]++;
        absolute[h] += error;
        square[h] += error * error;
        symmetric[h] += size > 0 ? 200 * error / size : 0;
        if (scale > 0) {
            scaledCount[h]++;
            scaled[h] += error / scale;
        }
    }

    void merge(PointErrors other) {
        for (var h = 0; h < count.length; h++) {
            count[h] += other.count[h];
            absolute[h] += other.absolute[h];
            square[h] += other.square[h];
            symmetric[h] += other.symmetric[h];
            scaledCount[h] += other.scaledCount[h];
            scaled[h] += other.scaled[h];
        }
    }

    /** The means over horizons {@code from} to {@code to}, both from 1 and included. */
    PointMetrics metrics(int from, int to) {
        var n = 0L;
        var nScaled = 0L;
        double mae = 0;
        double mse = 0;
        double smape = 0;
        double mase = 0;
        for (var h = from - 1; h < to; h++) {
            n += count[h];
            nScaled += scaledCount[h];
            mae += absolute[h];
            mse += square[h];
            smape += symmetric[h];
            mase += scaled[h];
        }
        return new PointMetrics(n, mae / n, Math.sqrt(mse / n), smape / n, mase / nScaled);
    }
}
