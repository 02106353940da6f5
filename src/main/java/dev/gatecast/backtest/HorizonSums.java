package dev.gatecast.backtest;

/**
 * How absolute errors are laid out in one array: the sums of one contender after another by horizon, then the numbers of
 * values by horizon.
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
        return error(horizon, contenders);
    }

    /** Place of a contender's sum, horizon from 1. */
    int error(int horizon, int contender) {
        return contender * horizons + horizon - 1;
    }

    /** Buckets of time that a lane keeps: at most 8 MB of them. */
    int buckets() {
        return Math.max(16, Math.min(MOST_BUCKETS, MOST_NUMBERS / size()));
    }
}
