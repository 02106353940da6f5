package dev.gatecast.server;

/** Sums of errors of one horizon; an error that is NaN is left out of its own sum. Not thread-safe. */
final class ErrorSums {
    static final int MODEL = 0;
    static final int LAST = 1;
    static final int DAY = 2;
    static final int WEEK = 3;

    private final double[] sum = new double[4];
    private final long[] count = new long[4];
    private long inside;

    void add(int which, double error) {
        if (!Double.isNaN(error)) {
            sum[which] += error;
            count[which]++;
        }
    }

    void covered(boolean within) {
        if (within) {
            inside++;
        }
    }

    void addAll(ErrorSums other) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.sum[i];
            count[i] += other.count[i];
        }
        inside += other.inside;
    }

    double mean(int which) {
        return count[which] == 0 ? Double.NaN : sum[which] / count[which];
    }

    HorizonError toError(int horizon) {
        long n = count[MODEL];
        return new HorizonError(
                horizon,
                n,
                mean(MODEL),
                new HorizonError.Naive(mean(LAST), mean(DAY), mean(WEEK)),
                n == 0 ? Double.NaN : (double) inside / n);
    }
}
