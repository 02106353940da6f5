package dev.gatecast.backtest;

/**
 * Errors of all contenders' point forecasts by horizon, as running sums. The numbers of one forecast lie side by side,
 * contender by contender, so that each pass over them is one long loop, which C2 vectorises.
 */
final class PointErrors {
    private final int contenders;
    private final int horizons;
    private final double[] count; // (horizons), the same for all
    private final double[] scaledCount; // (horizons)
    private final double[] absolute; // (contenders * horizons)
    private final double[] square; // (contenders * horizons)
    private final double[] symmetric; // (contenders * horizons)
    private final double[] scaled; // (contenders * horizons)

    PointErrors(int contenders, int horizons) {
        this.contenders = contenders;
        this.horizons = horizons;
        count = new double[horizons];
        scaledCount = new double[horizons];
        absolute = new double[contenders * horizons];
        square = new double[contenders * horizons];
        symmetric = new double[contenders * horizons];
        scaled = new double[contenders * horizons];
    }

    /**
     * Adds what all forecast at one tick.
     *
     * @param came 1 where the value has come, else 0, (horizons). Not modified.
     * @param actual the values that came, else 0, once for each contender, (contenders * horizons). Not modified.
     * @param forecast what is least wrong by absolute error, (contenders * horizons). Not modified.
     * @param mean what is least wrong by squared error, (contenders * horizons). Not modified.
     * @param scale the entity's mean seasonal difference before the forecasts were made; not above 0 where unknown
     * @param error absolute errors, 0 where no value came, (contenders * horizons). Modified.
     */
    void add(double[] came, double[] actual, double[] forecast, double[] mean, double scale, double[] error) {
        Sums.add(came, count);
        errors(came, actual, mean, error);
        addSquares(error, square);
        errors(came, actual, forecast, error);
        Sums.add(error, absolute);
        addSymmetric(actual, forecast, error, symmetric);
        if (scale > 0) {
            Sums.add(came, scaledCount);
            addScaled(error, 1 / scale, scaled);
        }
    }

    /** error = |actual - forecast| where the value has come, else 0. {@code error} Modified. */
    private void errors(double[] came, double[] actual, double[] forecast, double[] error) {
        for (var c = 0; c < contenders; c++) {
            System.arraycopy(came, 0, error, c * horizons, horizons);
        }
        multiplyDistance(actual, forecast, error);
    }

    /** error *= |a - b|. {@code error} Modified. */
    private static void multiplyDistance(double[] a, double[] b, double[] error) {
        for (var i = 0; i < error.length; i++) {
            error[i] *= Math.abs(a[i] - b[i]);
        }
    }

    /** {@code into} Modified. */
    private static void addSquares(double[] error, double[] into) {
        for (var i = 0; i < error.length; i++) {
            into[i] += error[i] * error[i];
        }
    }

    /** Nothing where both are 0, as there is no error. {@code into} Modified. */
    private static void addSymmetric(double[] actual, double[] forecast, double[] error, double[] into) {
        for (var i = 0; i < error.length; i++) {
            into[i] += 200 * error[i] / (Math.abs(actual[i]) + Math.abs(forecast[i]) + Double.MIN_NORMAL);
        }
    }

    /** {@code into} Modified. */
    private static void addScaled(double[] error, double factor, double[] into) {
        for (var i = 0; i < error.length; i++) {
            into[i] += error[i] * factor;
        }
    }

    void merge(PointErrors other) {
        Sums.add(other.count, count);
        Sums.add(other.scaledCount, scaledCount);
        Sums.add(other.absolute, absolute);
        Sums.add(other.square, square);
        Sums.add(other.symmetric, symmetric);
        Sums.add(other.scaled, scaled);
    }

    /** A contender's means over horizons {@code from} to {@code to}, both from 1 and included. */
    PointMetrics metrics(int contender, int from, int to) {
        var n = sum(count, 0, from, to);
        return new PointMetrics(
                (long) n,
                sum(absolute, contender, from, to) / n,
                Math.sqrt(sum(square, contender, from, to) / n),
                sum(symmetric, contender, from, to) / n,
                sum(scaled, contender, from, to) / sum(scaledCount, 0, from, to));
    }

    private double sum(double[] sums, int contender, int from, int to) {
        double sum = 0;
        for (var h = from - 1; h < to; h++) {
            sum += sums[contender * horizons + h];
        }
        return sum;
    }
}
