package dev.gatecast.model;

/**
 * Location μ, logarithm s of the scale, and k of the degrees of freedom {@code ν = 1 + e^-k} of Student's t distribution: how
 * heavy its tails are is learned, and may differ from forecast to forecast. Scored as {@link StudentOutput}.
 *
 * <p>1/ν is the logistic function of k, from the normal distribution to that of one degree.
 */
public record FreeStudentOutput() implements Output {
    static final String NAME = StudentOutput.NAME + " auto";

    private static final double USUAL = 0.2; // 1/ν where nothing says more
    private static final double MOST_START = 3; // of k, beyond which its slope vanishes

    @Override
    public int width() {
        return 3;
    }

    @Override
    public String text() {
        return NAME;
    }

    @Override
    public Loss loss(float[] levels) {
        return FreeStudentOutput::loss;
    }

    private static double loss(float[] out, int from, float target, float share, float[] d) {
        var above = StrictMath.exp(-Bell.bounded(out[from + 2])); // ν - 1
        var degrees = 1 + above;
        var loss = StudentOutput.loss(degrees, Tails.logPeak(degrees), out, from, target, share, d);
        var u = ((double) target - out[from]) * StrictMath.exp(-Bell.bounded(out[from + 1]));
        var x = u * u / degrees;
        var slope = 0.5 * StrictMath.log1p(x)
                - 0.5 * (degrees + 1) / degrees / (1 + 1 / Math.max(x, 1e-300))
                - Tails.logPeakSlope(degrees);
        d[from + 2] = Bell.inward(out[from + 2], -above * slope * share);
        return loss;
    }

    @Override
    public Fan fan(float[] levels) {
        var tails = new Tails(levels);
        return (numbers, quantiles) -> {
            for (int from = 0, at = 0; from < numbers.length; from += 3) {
                var scale = (float) StrictMath.exp(Bell.bounded(numbers[from + 1]));
                var w = 1 / (1 + StrictMath.exp(-Bell.bounded(numbers[from + 2])));
                for (int level = 0; level < levels.length; level++) {
                    quantiles[at++] = numbers[from] + scale * tails.quantile(w, level);
                }
            }
        };
    }

    /**
     * What {@link #fan} finds quantiles in: the standard quantiles at steps of equal length in 1/ν from 0 to 1, between which they
     * are linear, (steps + 1, levels).
     */
    public float[][] table(float[] levels) {
        return new Tails(levels).table();
    }

    /** As wide and with such tails as given quantiles; with fewer than four of them the tails of five degrees. */
    @Override
    public void fit(float[] quantiles, float[] levels, float[] numbers) {
        var tails = new Tails(levels);
        var n = levels.length;
        var standard = new float[n];
        var pair = new float[2];
        var some = new float[n];
        for (int from = 0, at = 0; at < numbers.length; from += n, at += 3) {
            System.arraycopy(quantiles, from, some, 0, n);
            var k = logit(n < 4 ? USUAL : tails.matching(ratio(some), 0, 1));
            var w = 1 / (1 + StrictMath.exp(-k));
            for (int level = 0; level < n; level++) {
                standard[level] = tails.quantile(w, level);
            }
            Bell.fit(some, standard, pair);
            numbers[at] = pair[0];
            numbers[at + 1] = pair[1];
            numbers[at + 2] = (float) k;
        }
    }

    private static double ratio(float[] quantiles) {
        var n = quantiles.length;
        return ((double) quantiles[n - 1] - quantiles[0]) / Math.max((double) quantiles[n - 2] - quantiles[1], 1e-30);
    }

    private static double logit(double w) {
        return Math.max(-MOST_START, Math.min(MOST_START, StrictMath.log(w / (1 - w))));
    }
}
