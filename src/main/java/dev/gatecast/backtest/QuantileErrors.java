package dev.gatecast.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pinball loss, coverage and width of quantile forecasts by horizon, as running sums. */
final class QuantileErrors {
    private static final double SAME = 1e-6;

    private final float[] levels; // (levels)
    private final int[][] bands; // (bands, 2): lower and upper level
    private final int horizons;
    private final double[] count; // (horizons)
    private final double[] pinball; // (horizons), sums over the levels
    private final double[] width; // (horizons * bands)
    private final double[] inside; // (horizons * bands)
    private final double[] below; // (levels): values below the quantile, all horizons
    private final int[] ranks; // (levels + 1): values above so many quantiles, of one forecast
    private final int[] in; // (bands), of one forecast
    private final double[]
            quantiles; // (horizons * levels), of one forecast: made doubles in one go, as C2 has each wait for another
    private final double[] shares; // the levels as doubles, (levels)

    QuantileErrors(float[] levels, int horizons) {
        this.levels = levels;
        this.horizons = horizons;
        bands = centralBands(levels);
        count = new double[horizons];
        pinball = new double[horizons];
        width = new double[horizons * bands.length];
        inside = new double[horizons * bands.length];
        below = new double[levels.length];
        ranks = new int[levels.length + 1];
        in = new int[bands.length];
        quantiles = new double[horizons * levels.length];
        shares = new double[levels.length];
        Arrays.setAll(shares, i -> levels[i]);
    }

    /** Place of the median among the levels. */
    static int median(float[] levels) {
        for (var i = 0; i < levels.length; i++) {
            if (levels[i] == 0.5f) {
                return i;
            }
        }
        throw new IllegalStateException("a forecast without a median");
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
     * @param came 1 where the value has come, else 0, (horizons). Not modified.
     * @param actual the values that came, (at least horizons). Not modified.
     * @param values all horizons' quantiles, ascending in each. Not modified.
     * @return how many of the values lie inside each band, narrow to wide; valid until the next call
     */
    int[] add(double[] came, double[] actual, float[] values) {
        Arrays.fill(ranks, 0);
        Arrays.fill(in, 0);
        for (var i = 0; i < quantiles.length; i++) {
            quantiles[i] = values[i];
        }
        for (var h = 0; h < horizons; h++) {
            if (came[h] > 0) {
                add(h, actual[h], quantiles);
            }
        }
        var all = 0;
        for (var level = 0; level < levels.length; level++) {
            all += ranks[level];
            below[level] += all;
        }
        return in;
    }

    private void add(int h, double actual, double[] values) {
        var at = h * levels.length;
        double loss = 0;
        var level = 0;
        for (; level < levels.length && values[at + level] < actual; level++) {
            loss += shares[level] * (actual - values[at + level]);
        }
        var under = level; // quantiles below the value
        while (level < levels.length && values[at + level] == actual) {
            level++;
        }
        var notOver = level; // and those equal to it
        for (; level < levels.length; level++) {
            var miss = actual - values[at + level];
            loss += shares[level] * miss - miss;
        }
        count[h]++;
        pinball[h] += loss;
        ranks[notOver]++;
        if (notOver > under) {
            addTies(under, notOver);
        }
        for (var b = 0; b < bands.length; b++) {
            var lower = bands[b][0];
            var upper = bands[b][1];
            var hit = lower < notOver && upper >= under ? 1 : 0;
            width[h * bands.length + b] += values[at + upper] - values[at + lower];
            inside[h * bands.length + b] += hit;
            in[b] += hit;
        }
    }

    /**
     * A value equal to some quantiles, as counts are to quantiles of 0, is spread over their levels, as if it had been
     * drawn between them.
     */
    private void addTies(int first, int last) {
        double from = first == 0 ? 0 : levels[first - 1];
        for (var i = first; i < last; i++) {
            below[i] += (levels[i] - from) / (levels[last - 1] - from);
        }
    }

    void merge(QuantileErrors other) {
        Sums.add(other.count, count);
        Sums.add(other.pinball, pinball);
        Sums.add(other.width, width);
        Sums.add(other.inside, inside);
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
            shares[l] /= sum(count, 0, 1, 1, horizons);
        }
        return shares;
    }

    /** Mean pinball loss over all levels and the horizons {@code from} to {@code to}, from 1, included. */
    double pinball(int from, int to) {
        return sum(pinball, 0, 1, from, to) / levels.length / sum(count, 0, 1, from, to);
    }

    /** All central bands over the horizons {@code from} to {@code to}, from 1, included; narrow to wide. */
    List<BandMetrics> bands(int from, int to) {
        var all = new ArrayList<BandMetrics>();
        var n = sum(count, 0, 1, from, to);
        for (var b = 0; b < bands.length; b++) {
            var nominal = Math.round(1e6 * ((double) levels[bands[b][1]] - levels[bands[b][0]])) / 1e6;
            all.add(new BandMetrics(
                    nominal, sum(inside, b, bands.length, from, to) / n, sum(width, b, bands.length, from, to) / n));
        }
        return all;
    }

    private static double sum(double[] sums, int first, int stride, int from, int to) {
        double sum = 0;
        for (var h = from - 1; h < to; h++) {
            sum += sums[h * stride + first];
        }
        return sum;
    }
}
