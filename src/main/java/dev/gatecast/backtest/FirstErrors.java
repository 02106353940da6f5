package dev.gatecast.backtest;

/** Absolute errors of the model and of the last value at the first ticks of one entity, by horizon, as running sums. */
final class FirstErrors {
    private final double[] count; // (horizons)
    private final double[] model; // (horizons)
    private final double[] last; // (horizons)
    private long forecasts;

    FirstErrors(int horizons) {
        count = new double[horizons];
        model = new double[horizons];
        last = new double[horizons];
    }

    /** Counts a forecast. */
    void count() {
        forecasts++;
    }

    /** Adds the errors of a horizon, from 1. */
    void add(int horizon, double ofModel, double ofLast) {
        count[horizon - 1]++;
        model[horizon - 1] += ofModel;
        last[horizon - 1] += ofLast;
    }

    long forecasts() {
        return forecasts;
    }

    /** Mean change of the value from one step to the next, which is the last value's error one step ahead; NaN without any. */
    double scale() {
        return last[0] / count[0];
    }

    /** Values that were forecast, horizons from 1, ends included. */
    double count(int from, int to) {
        return sum(count, from, to);
    }

    /** Sum of the model's errors. */
    double model(int from, int to) {
        return sum(model, from, to);
    }

    /** Sum of the last value's errors. */
    double last(int from, int to) {
        return sum(last, from, to);
    }

    private static double sum(double[] sums, int from, int to) {
        double sum = 0;
        for (var h = from - 1; h < to; h++) {
            sum += sums[h];
        }
        return sum;
    }
}
