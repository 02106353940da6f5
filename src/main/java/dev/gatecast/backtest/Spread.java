package dev.gatecast.backtest;

/** Mean and deviation of some values: what a window is scaled by. */
final class Spread {
    private double mean;
    private double deviation;

    /** Takes the first {@code length} values; the deviation is at least {@code floor}. Not modified. */
    Spread of(double[] values, int length, double floor) {
        var sum = 0.0;
        for (var i = 0; i < length; i++) {
            sum += values[i];
        }
        mean = sum / length;
        var squares = 0.0;
        for (var i = 0; i < length; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        deviation = Math.max(Math.sqrt(squares / length), floor);
        return this;
    }

    double deviation() {
        return deviation;
    }

    /** (value - mean) / deviation, cut off at the limit. */
    double scaled(double value, double limit) {
        return Math.max(-limit, Math.min(limit, (value - mean) / deviation));
    }

    double unscaled(double scaled) {
        return mean + deviation * scaled;
    }
}
