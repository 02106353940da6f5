package dev.gatecast.backtest;

import java.util.ArrayList;
import java.util.List;

/** Pinball loss, coverage and width of quantile forecasts by horizon, as running sums. */
final class QuantileErrors {
    private static final double SAME = 1e-6;
    private static final int COUNT = 0;
    private static final int PINBALL = 1;
    private static final int BANDS = 2; // from here on how many values lay inside each band, then the bands' widths

    private final float[] levels; // (levels)
    private final int[][] bands; // (bands, 2): lower and upper level
    private final int horizons;
    private final double[] sums; // (horizons * numbers), those of a horizon side by side
    private final double[] below; // (levels): values below the quantile, all horizons

    QuantileErrors(float[] levels, int horizons) {
        this.levels = levels;
        bands = centralBands(levels);
        this.horizons = horizons;
        sums = new double[horizons * numbers()];
        below = new double[levels.length];
    }

    /** Sums of a horizon. */
    private int numbers() {
        return BANDS + 2 * bands.length;
    }

    /** How many central bands these levels make. */
    static int bandsOf(float[] levels) {
        return centralBands(levels).length;
    }

    /** Pairs of levels a and 1 - a, narrow to wide. */
    private static int[][] centralBands(float[] levels) {
        var pairs = new ArrayList<int[]>();
        for (var i = levels.length - 1; i >= 0; i--) {
            for (var j = i + 1; j < levels.length; j++) {
                if (Math.abs(levels[i] + levels[j] - 1) < SAME) {
                    pairs.add(new int[] {i, j});
                }
            }
        }
        return pairs.toArray(int[][]::new);
    }

    /**
     * Adds one forecast.
     *
     * @param horizon from 1
     * @param values all horizons' quantiles. Not modified
     * @return a bit for each band, narrow to wide, that the value lies in
     */
    int add(int horizon, double actual, float[] values) {
        var at = (horizon - 1) * levels.length;
        var own = (horizon - 1) * numbers();
        double sum = 0;
        for (var i = 0; i < levels.length; i++) {
            var short_ = actual - values[at + i];
            sum += Math.max(levels[i] * short_, (levels[i] - 1) * short_);
            below[i] += short_ < 0 ? 1 : 0;
        }
        sums[own + COUNT]++;
        sums[own + PINBALL] += sum / levels.length;
        addTies(actual, values, at);
        var in = 0;
        for (var b = 0; b < bands.length; b++) {
            var lower = values[at + bands[b][0]];
            var upper = values[at + bands[b][1]];
            sums[own + width(b)] += (double) upper - lower;
            if (lower <= actual && actual <= upper) {
                sums[own + inside(b)]++;
                in |= 1 << b;
            }
        }
        return in;
    }

    private int inside(int band) {
        return BANDS + band;
    }

    private int width(int band) {
        return BANDS + bands.length + band;
    }

    /**
     * A value equal to some quantiles, as counts are to quantiles of 0, is spread over their levels, as if it had been
     * drawn between them.
     */
    private void addTies(double actual, float[] values, int at) {
        var first = 0;
        while (first < levels.length && values[at + first] < actual) {
            first++;
        }
        var last = first;
        while (last < levels.length && values[at + last] == actual) {
            last++;
        }
        if (last > first) {
            double from = first == 0 ? 0 : levels[first - 1];
            for (var i = first; i < last; i++) {
                below[i] += (levels[i] - from) / (levels[last - 1] - from);
            }
        }
    }

    void merge(QuantileErrors other) {
        Sums.add(other.sums, sums);
        Sums.add(other.below, below);
    }

    /** The levels that were promised, ascending. Not to be modified. */
    float[] levels() {
        return levels;
    }

    /** Share of values below each level's quantile, over all horizons, (levels). */
    double[] below() {
        var shares = below.clone();
        for (var l = 0; l < shares.length; l++) {
            shares[l] /= sum(COUNT, 1, horizons);
        }
        return shares;
    }

    /** Mean pinball loss over all levels and the horizons {@code from} to {@code to}, from 1, included. */
    double pinball(int from, int to) {
        return sum(PINBALL, from, to) / sum(COUNT, from, to);
    }

    /** All central bands over the horizons {@code from} to {@code to}, from 1, included; narrow to wide. */
    List<BandMetrics> bands(int from, int to) {
        var all = new ArrayList<BandMetrics>();
        var n = sum(COUNT, from, to);
        for (var b = 0; b < bands.length; b++) {
            var nominal = Math.round(1e6 * ((double) levels[bands[b][1]] - levels[bands[b][0]])) / 1e6;
            all.add(new BandMetrics(nominal, sum(inside(b), from, to) / n, sum(width(b), from, to) / n));
        }
        return all;
    }

    private double sum(int number, int from, int to) {
        double sum = 0;
        for (var h = from - 1; h < to; h++) {
            sum += sums[h * numbers() + number];
        }
        return sum;
    }
}
