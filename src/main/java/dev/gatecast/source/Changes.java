package dev.gatecast.source;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a course over so many steps, {@code y[t] - y[t - span]}, about their mean. A few huge ones would decide
 * any correlation alone: what is beyond three standard deviations is cut to them, anew until that settles.
 *
 * <p>At a lag that is no shorter than the span such changes of white noise, of a random walk and of a trend have no
 * autocorrelation, and those of a first-order autoregression a negative one, if any.
 */
final class Changes {
    private static final int CUTS = 64;
    private static final double SETTLED = 0.99;
    private static final double FAR = 3; // standard deviations
    private static final int LAGS = 64; // that the error of a correlation is summed of

    private final long[] times; // (changes), of the later value
    private final double[] x; // (changes), 0 where one of the values is missing
    private final boolean @Nullable [] there; // (changes), null where all are
    private final double square;

    private Changes(long[] times, double[] x, boolean @Nullable [] there) {
        this.times = times;
        this.x = x;
        this.there = there;
        square = mean(x, 2);
    }

    /** Those over a span; over 0 steps the values themselves. */
    static Changes of(Course course, int span) {
        var y = course.values();
        int n = Math.max(0, y.length - span);
        var x = new double[n];
        var there = new boolean[n];
        boolean whole = true;
        for (int i = 0; i < n; i++) {
            double change = span == 0 ? y[i] : y[i + span] - y[i];
            there[i] = Double.isFinite(change);
            x[i] = there[i] ? change : 0;
            whole &= there[i];
        }
        return new Changes(Arrays.copyOfRange(course.times(), y.length - n, y.length), x, whole ? null : there).cut();
    }

    private Changes cut() {
        centre();
        double before = Double.POSITIVE_INFINITY;
        double most = FAR * Math.sqrt(mean(x, 2));
        for (int i = 0; i < CUTS && most < SETTLED * before; i++) {
            for (int t = 0; t < x.length; t++) {
                x[t] = Math.max(-most, Math.min(most, x[t]));
            }
            centre();
            before = most;
            most = FAR * Math.sqrt(mean(x, 2));
        }
        return new Changes(times, x, there);
    }

    private void centre() {
        double mean = mean(x, 1);
        for (int t = 0; t < x.length; t++) {
            x[t] = there == null || there[t] ? x[t] - mean : 0;
        }
    }

    private double mean(double[] values, int power) {
        double sum = 0;
        for (double value : values) {
            sum += power == 1 ? value : value * value;
        }
        return sum / Math.max(1, pairs(0));
    }

    /** Their variance. */
    double variance() {
        return square;
    }

    /** Pairs of changes so many steps apart. */
    int pairs(int lag) {
        if (there == null) {
            return Math.max(0, x.length - lag);
        }
        int pairs = 0;
        for (int t = lag; t < x.length; t++) {
            pairs += there[t] && there[t - lag] ? 1 : 0;
        }
        return pairs;
    }

    /** The autocorrelation at a lag; 0 where there are no pairs. */
    double correlation(int lag) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int t = lag;
        for (; t + 3 < x.length; t += 4) {
            a += x[t] * x[t - lag];
            b += x[t + 1] * x[t + 1 - lag];
            c += x[t + 2] * x[t + 2 - lag];
            d += x[t + 3] * x[t + 3 - lag];
        }
        for (; t < x.length; t++) {
            a += x[t] * x[t - lag];
        }
        int pairs = pairs(lag);
        return pairs > 0 && square > 0 ? (a + b + c + d) / pairs / square : 0;
    }

    /** Standard error of the autocorrelation at a lag if there is none from there on (Bartlett 1946). */
    double error(int lag) {
        int lags = Math.min(LAGS, lag - 1);
        double squares = 0;
        for (int i = 0; i < lags; i++) {
            double at = correlation(1 + (int) ((long) i * (lag - 1) / lags));
            squares += at * at;
        }
        double sum = lags == 0 ? 0 : squares * (lag - 1) / lags;
        return Math.sqrt((1 + 2 * sum) / Math.max(1, pairs(lag)));
    }

    /** What is left of them when the changes one lag before are taken off, times with those of another at the same times. */
    double common(Changes other, int lag) {
        double product = 0;
        double own = 0;
        double others = 0;
        int j = lag;
        for (int i = lag; i < x.length; i++) {
            while (j < other.x.length && other.times[j] < times[i]) {
                j++;
            }
            if (j < other.x.length && other.times[j] == times[i] && both(i, lag) && other.both(j, lag)) {
                double a = x[i] - x[i - lag];
                double b = other.x[j] - other.x[j - lag];
                product += a * b;
                own += a * a;
                others += b * b;
            }
        }
        return own > 0 && others > 0 ? product / Math.sqrt(own * others) : 0;
    }

    private boolean both(int t, int lag) {
        return there == null || (there[t] && there[t - lag]);
    }
}
