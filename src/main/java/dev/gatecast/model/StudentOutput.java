package dev.gatecast.model;

/**
 * Location μ and logarithm s of the scale of Student's t distribution, scored by the negative log-likelihood {@code s + (ν +
 * 1)/2 ln(1 + u²/ν) - ln c} with {@code u = (target - μ) e^-s} and {@code c = Γ((ν+1)/2) / (√(νπ) Γ(ν/2))}.
 *
 * @param degrees of freedom ν, 1 to 1000: the fewer, the heavier the tails
 */
public record StudentOutput(int degrees) implements Output {
    static final String NAME = "student-t";

    /** Checks the degrees. */
    public StudentOutput {
        Architecture.check("degrees of freedom", degrees, 1, 1000);
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public String text() {
        return NAME + " " + degrees;
    }

    @Override
    public Loss loss(float[] levels) {
        var logPeak = Tails.logPeak(degrees);
        return (out, from, target, share, d) -> loss(degrees, logPeak, out, from, target, share, d);
    }

    /** With any ν. The slopes in μ and s go to {@code d}. Modified. */
    static double loss(double degrees, double logPeak, float[] out, int from, float target, float share, float[] d) {
        var s = Bell.bounded(out[from + 1]);
        var inverse = StrictMath.exp(-s);
        var u = ((double) target - out[from]) * inverse;
        var pull = (degrees + 1) / (degrees / Math.max(u * u, 1e-300) + 1); // (ν + 1) u² / (ν + u²)
        d[from] = (float) (-(degrees + 1) * u / (degrees + u * u) * inverse * share);
        d[from + 1] = Bell.inward(out[from + 1], (1 - pull) * share);
        return s + 0.5 * (degrees + 1) * StrictMath.log1p(u * u / degrees) - logPeak;
    }

    @Override
    public Fan fan(float[] levels) {
        return Bell.fan(standard(levels));
    }

    @Override
    public void fit(float[] quantiles, float[] levels, float[] numbers) {
        Bell.fit(quantiles, standard(levels), numbers);
    }

    /** The quantiles of the distribution with location 0 and scale 1, (levels). */
    public float[] standard(float[] levels) {
        return Tails.standard(degrees, levels);
    }
}
