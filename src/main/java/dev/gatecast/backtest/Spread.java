package dev.gatecast.backtest;

/** Mean and deviation of some values: what a window is scaled by. */
final class Spread {
    private double mean;
    private double deviation;

    /** Takes the first {@code length} values; the deviation is at least {@code floor}. Not modified. */
    Spread of(double[] values, int length, double floor) {
        mean = sum(values, length) / length;
        deviation = Math.max(Math.sqrt(squares(values, length, mean) / length), floor);
        return this;
    }

    /** Four partial sums, so that no addition waits for the one before it. */
    private static double sum(double[] values, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        var i = 0;
        for (; i + 3 < length; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (; i < length; i++) {
            a += values[i];
        }
        return a + b + (c + d);
    }

    private static double squares(double[] values, int length, double mean) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        var i = 0;
        for (; i + 3 < length; i += 4) {
            a += (values[i] - mean) * (values[i] - mean);
            b += (values[i + 1] - mean) * (values[i + 1] - mean);
            c += (values[i + 2] - mean) * (values[i + 2] - mean);
            d += (values[i + 3] - mean) * (values[i + 3] - mean);
        }
        for (; i < length; i++) {
            a += (values[i] - mean) * (values[i] - mean);
        }
        return a + b + (c + d);
    }

    double deviation() {
        return deviation;
    }

    /** (value - mean) / deviation, cut off at the limit. */
    double scaled(double value, double limit) {
        return Math.max(-limit, Math.min(limit, (value - mean) / deviation));
    }

    /** {@link #scaled} of each. {@code values} Modified. */
    void scale(double[] values, double limit) {
        for (var i = 0; i < values.length; i++) {
            values[i] = Math.max(-limit, Math.min(limit, (values[i] - mean) / deviation));
        }
    }

    double unscaled(double scaled) {
        return mean + deviation * scaled;
    }
}
