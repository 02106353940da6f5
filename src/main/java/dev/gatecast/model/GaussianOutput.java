package dev.gatecast.model;

/**
 * Mean μ and logarithm s of the standard deviation, scored by the negative log-likelihood {@code s + u²/2 + ½ ln 2π} with
 * {@code u = (target - μ) e^-s}.
 */
public record GaussianOutput() implements Output {
    static final String NAME = "gaussian";

    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

    @Override
    public int width() {
        return 2;
    }

    @Override
    public String text() {
        return NAME;
    }

    @Override
    public Loss loss(float[] levels) {
        return GaussianOutput::loss;
    }

    private static double loss(float[] out, int from, float target, float share, float[] d) {
        var s = Bell.bounded(out[from + 1]);
        var inverse = StrictMath.exp(-s);
        var u = ((double) target - out[from]) * inverse;
        d[from] = (float) (-u * inverse * share);
        d[from + 1] = Bell.inward(out[from + 1], (1 - u * u) * share);
        return s + 0.5 * u * u + HALF_LOG_TWO_PI;
    }

    @Override
    public Fan fan(float[] levels) {
        return Bell.fan(standard(levels));
    }

    @Override
    public void fit(float[] quantiles, float[] levels, float[] numbers) {
        Bell.fit(quantiles, standard(levels), numbers);
    }

    /** The quantiles with mean 0 and deviation 1, (levels). */
    static float[] standard(float[] levels) {
        return Bell.quantiles(z -> StrictMath.exp(-0.5 * z * z - HALF_LOG_TWO_PI), levels);
    }
}
