package dev.gatecast.backtest;

/** Errors of one contender's point forecasts by horizon, as running sums. */
final class PointErrors {
    private static final int COUNT = 0;
    private static final int ABSOLUTE = 1;
    private static final int SQUARE = 2;
    private static final int SYMMETRIC = 3;
    private static final int SCALED_COUNT = 4;
    private static final int SCALED = 5;
    private static final int NUMBERS = 6;

    private final double[] sums; // (horizons * NUMBERS), those of a horizon side by side

    PointErrors(int horizons) {
        sums = new double[horizons * NUMBERS];
    }

    /**
     * Adds one forecast.
     *
     * @param horizon from 1
     * @param forecast what is least wrong by absolute error
     * @param mean what is least wrong by squared error
     * @param scale the entity's mean seasonal difference before the forecast was made; not above 0 where unknown
     */
    void add(int horizon, double actual, double forecast, double mean, double scale) {
        var at = (horizon - 1) * NUMBERS;
        var error = Math.abs(actual - forecast);
        var size = Math.abs(actual) + Math.abs(forecast);
        sums[at + COUNT]++;
        sums[at + ABSOLUTE] += error;
        sums[at + SQUARE] += (actual - mean) * (actual - mean);
        sums[at + SYMMETRIC] += size > 0 ? 200 * error / size : 0;
        if (scale > 0) {
            sums[at + SCALED_COUNT]++;
            sums[at + SCALED] += error / scale;
        }
    }

    void merge(PointErrors other) {
        Sums.add(other.sums, sums);
    }

    /** The means over horizons {@code from} to {@code to}, both from 1 and included. */
    PointMetrics metrics(int from, int to) {
        var n = sum(COUNT, from, to);
        return new PointMetrics(
                (long) n,
                sum(ABSOLUTE, from, to) / n,
                Math.sqrt(sum(SQUARE, from, to) / n),
                sum(SYMMETRIC, from, to) / n,
                sum(SCALED, from, to) / sum(SCALED_COUNT, from, to));
    }

    private double sum(int number, int from, int to) {
        double sum = 0;
        for (var h = from - 1; h < to; h++) {
            sum += sums[h * NUMBERS + number];
        }
        return sum;
    }
}
