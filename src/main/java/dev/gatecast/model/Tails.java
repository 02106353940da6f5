package dev.gatecast.model;

import java.util.Arrays;

/**
 * Student's t distribution with any number of degrees of freedom ν above 0: its peak c, and a table of its standard quantiles
 * by w = 1/ν from 0, the normal distribution, to 1.
 *
 * <p>{@code ln c = ln Γ((ν+1)/2) - ln Γ(ν/2) - ½ ln(νπ)}. The difference of the first two, at x = ν/2, is {@code ½ ln x - 1/(8x) +
 * 1/(192x³) - 1/(640x⁵) + 17/(14336x⁷)} within 2e-11 from x = 8 on; below, {@code x Γ(x) = Γ(x+1)} leads there.
 *
 * <p>Between the table's {@value #PANELS} steps of w quantiles are linear, which keeps their order; they miss by at most one in
 * 2,000 for levels from 0.005 to 0.995.
 */
final class Tails {
    private static final int PANELS = 128;
    private static final int FAR = 8;

    private final float[][] table; // (PANELS + 1, levels)

    /** The table of some levels, ascending. */
    Tails(float[] levels) {
        table = new float[PANELS + 1][];
        table[0] = GaussianOutput.standard(levels);
        for (var i = 1; i <= PANELS; i++) {
            table[i] = standard((double) PANELS / i, levels);
        }
    }

    /** The quantiles by w, (PANELS + 1, levels). Not to be modified. */
    float[][] table() {
        return table;
    }

    /** The quantile of a level's index with location 0 and scale 1. {@code w} from 0 to 1. */
    float quantile(double w, int level) {
        var at = w * PANELS;
        var panel = Math.min((int) at, PANELS - 1);
        var share = (float) (at - panel);
        return table[panel][level] + share * (table[panel + 1][level] - table[panel][level]);
    }

    /**
     * The w under which the outer of four quantiles lie so many times as far apart as the inner: the nearest of the table.
     *
     * @param outer index of the level of the lower outer one; its upper is as far from the end. {@code inner} likewise
     */
    double matching(double ratio, int outer, int inner) {
        var ratios = new double[PANELS + 1];
        for (var i = 0; i <= PANELS; i++) {
            ratios[i] = range(table[i], outer) / range(table[i], inner);
        }
        var after = Arrays.binarySearch(ratios, ratio);
        if (after >= 0 || after == -1 || after < -PANELS - 1) {
            return after == -1 ? 0 : after < 0 ? 1 : (double) after / PANELS;
        }
        var panel = -after - 2;
        var a = range(table[panel], outer);
        var b = range(table[panel + 1], outer) - a;
        var c = range(table[panel], inner);
        var d = range(table[panel + 1], inner) - c;
        return (panel + (ratio * c - a) / (b - ratio * d)) / PANELS;
    }

    private static double range(float[] quantiles, int level) {
        return (double) quantiles[quantiles.length - 1 - level] - quantiles[level];
    }

    /** The standard quantiles of one distribution, (levels). */
    static float[] standard(double degrees, float[] levels) {
        var peak = StrictMath.exp(logPeak(degrees));
        return Bell.quantiles(
                z -> peak * StrictMath.exp(-0.5 * (degrees + 1) * StrictMath.log1p(z * z / degrees)), levels);
    }

    /** ln c. */
    static double logPeak(double degrees) {
        var x = degrees / 2;
        var ratio = 1.0;
        for (; x < FAR; x++) {
            ratio *= x / (x + 0.5);
        }
        var y = 1 / (x * x);
        var rest = (-1.0 / 8 + y * (1.0 / 192 + y * (-1.0 / 640 + y * (17.0 / 14336)))) / x;
        return StrictMath.log(ratio * Math.sqrt(x / (degrees * Math.PI))) + rest;
    }

    /** The slope of {@link #logPeak} in ν. */
    static double logPeakSlope(double degrees) {
        var x = degrees / 2;
        var sum = 0.0;
        for (; x < FAR; x++) {
            sum += 0.5 / (x * (x + 0.5)); // 1/x - 1/(x + ½)
        }
        var y = 1 / (x * x);
        var rest = y * (1.0 / 8 + y * (-1.0 / 64 + y * (1.0 / 128 + y * (-17.0 / 2048))));
        return 0.5 * (sum + 0.5 / x + rest) - 0.5 / degrees;
    }
}
