package dev.gatecast.server;

import java.util.ArrayList;
import java.util.List;

/** Sums of errors of one group of horizons; an error that is NaN is left out of its own sum. Not thread-safe. */
final class ErrorSums {
    static final int MODEL = 0;
    static final int LAST = 1;
    static final int DAY = 2;
    static final int WEEK = 3;

    private final double[] sum = new double[4];
    private final long[] count = new long[4];
    private final long[] inside = new long[Pending.Bands.SHARES.length];
    private final long[] judged = new long[Pending.Bands.SHARES.length];

    void add(int which, double error) {
        if (!Double.isNaN(error)) {
            sum[which] += error;
            count[which]++;
        }
    }

    /** A bit for each band that held the value, and for each that there was. */
    void covered(int held, int there) {
        for (int b = 0; b < inside.length; b++) {
            inside[b] += held >>> b & 1;
            judged[b] += there >>> b & 1;
        }
    }

    /** Shares of values within each band; NaN where none was judged. */
    private List<Double> shares() {
        var shares = new ArrayList<Double>();
        for (int b = 0; b < judged.length; b++) {
            shares.add(judged[b] == 0 ? Double.NaN : (double) inside[b] / judged[b]);
        }
        return shares;
    }

    void addAll(ErrorSums other) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.sum[i];
            count[i] += other.count[i];
        }
        for (int b = 0; b < inside.length; b++) {
            inside[b] += other.inside[b];
            judged[b] += other.judged[b];
        }
    }

    double mean(int which) {
        return count[which] == 0 ? Double.NaN : sum[which] / count[which];
    }

    HorizonError toError(int from, int to) {
        long n = count[MODEL];
        return new HorizonError(
                from, to, n, mean(MODEL), new HorizonError.Naive(mean(LAST), mean(DAY), mean(WEEK)), shares());
    }
}
