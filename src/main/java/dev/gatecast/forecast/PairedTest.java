package dev.gatecast.forecast;

/**
 * Whether paired differences have a mean other than 0 by more than chance: Student's t where the pairs tell nothing of
 * each other, as with one pair an entity, and the test of Diebold and Mariano (1995) where they follow each other in time.
 *
 * @param pairs how many there were
 * @param mean of the differences
 * @param statistic the mean in deviations of it; NaN where there are too few pairs, or none differs
 * @param p two-sided: the chance of a mean at least as far from 0 where there is no difference; NaN likewise
 */
public record PairedTest(int pairs, double mean, double statistic, double p) {
    private static final int FEWEST_ENTITIES = 5;
    private static final int FEWEST_TIMES = 10;

    /** Coefficients of the polynomial in erfc. */
    private static final double[] CODY = {
        -1.26551223,
        1.00002368,
        0.37409196,
        0.09678418,
        -0.18628806,
        0.27886807,
        -1.13520398,
        1.48851587,
        -0.82215223,
        0.17087277
    };

    /** Over pairs of equals, at least 5 of them: Student's t with one degree of freedom less. Not modified. */
    public static PairedTest ofEntities(double[] differences) {
        double mean = mean(differences);
        double squares = autocovariance(differences, mean, 0) * differences.length;
        int freedom = differences.length - 1;
        if (differences.length < FEWEST_ENTITIES || !(squares > 0)) {
            return undecided(differences.length, mean);
        }
        double statistic = mean / Math.sqrt(squares / freedom / differences.length);
        return new PairedTest(differences.length, mean, statistic, twoSided(statistic, freedom));
    }

    /**
     * Over pairs in the order of time, at least 10 of them. The variance of the mean allows for neighbours being alike, as
     * far as they overlap and at least as far as Newey and West's rule, with Bartlett's weights; p is the normal
     * distribution's.
     *
     * @param differences by time. Not modified.
     * @param overlap pairs over which two forecasts may share values that they speak of
     */
    public static PairedTest ofTimes(double[] differences, double overlap) {
        double mean = mean(differences);
        double variance = differences.length < FEWEST_TIMES
                ? Double.NaN
                : variance(differences, mean, lags(differences.length, overlap));
        if (!(variance > 0)) {
            return undecided(differences.length, mean);
        }
        double statistic = mean / Math.sqrt(variance / differences.length);
        return new PairedTest(differences.length, mean, statistic, twoSided(statistic));
    }

    private static PairedTest undecided(int pairs, double mean) {
        return new PairedTest(pairs, mean, Double.NaN, Double.NaN);
    }

    private static double mean(double[] d) {
        double mean = 0;
        for (double one : d) {
            mean += one / d.length;
        }
        return mean;
    }

    private static int lags(int count, double overlap) {
        double rule = 4 * StrictMath.pow(count / 100.0, 2.0 / 9);
        return (int) Math.min(count / 3.0, Math.ceil(Math.max(overlap, rule)));
    }

    /** Long-run variance. */
    private static double variance(double[] d, double mean, int lags) {
        double sum = autocovariance(d, mean, 0);
        for (int lag = 1; lag <= lags; lag++) {
            sum += 2 * (1 - lag / (lags + 1.0)) * autocovariance(d, mean, lag);
        }
        return sum;
    }

    private static double autocovariance(double[] d, double mean, int lag) {
        double sum = 0;
        for (int i = lag; i < d.length; i++) {
            sum += (d[i] - mean) * (d[i - lag] - mean);
        }
        return sum / d.length;
    }

    /**
     * Mass of Student's distribution beyond |t| on both sides, within 1e-12: the finite sums of Abramowitz and Stegun
     * 26.7.3 and 26.7.4.
     *
     * @param freedom degrees of freedom, at least 1
     */
    static double twoSided(double t, int freedom) {
        double angle = StrictMath.atan(Math.abs(t) / Math.sqrt(freedom));
        double sine = StrictMath.sin(angle);
        double cosine = StrictMath.cos(angle);
        boolean odd = freedom % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = freedom == 1 ? 0 : term;
        for (int i = odd ? 3 : 2; i <= freedom - 2; i += 2) {
            term *= cosine * cosine * (i - 1) / i;
            sum += term;
        }
        double inside = odd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
        return Math.max(0, 1 - inside);
    }

    /**
     * Mass of the normal distribution beyond |z| on both sides: W. J. Cody's bound as Numerical Recipes' erfc gives it,
     * within 1.2e-7 of itself.
     */
    static double twoSided(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + 0.5 * x);
        double poly = 0;
        for (int i = CODY.length - 1; i >= 0; i--) {
            poly = poly * t + CODY[i];
        }
        return t * StrictMath.exp(-x * x + poly);
    }
}
