package dev.gatecast.backtest;

/**
 * How absolute errors are laid out in one array, horizon by horizon: the number of values, then the sum of each
 * contender.
 *
 * @param horizons steps ahead
 * @param contenders the model, if there is one, its rivals, the simple ones
 */
record HorizonSums(int horizons, int contenders) {
    private static final int MOST_BUCKETS = 1024;
    private static final int MOST_NUMBERS = 1 << 20;

    int size() {
        return horizons * (1 + contenders);
    }

    /** Place of the number of values, horizon from 1. */
    int count(int horizon) {
        return (horizon - 1) * (1 + contenders);
    }

    /** Place of a contender's sum, horizon from 1. */
    int error(int horizon, int contender) {
        return count(horizon) + 1 + contender;
    }

    /** Buckets of time that a lane keeps: at most 8 MB of them. */
    int buckets() {
        return Math.max(16, Math.min(MOST_BUCKETS, MOST_NUMBERS / size()));
    }
}
