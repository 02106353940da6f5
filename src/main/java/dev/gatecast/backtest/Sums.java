package dev.gatecast.backtest;

/**
 * How sums over forecasts are laid out in one array: the number of values, those of them one step ahead, the sum of the
 * first contender's scaled errors and their number, then the absolute errors of each contender, those one step ahead,
 * and how many values lay inside each band.
 *
 * @param contenders the model, if there is one, its rivals, the simple ones
 * @param bands central bands of the model's forecasts
 */
record Sums(int contenders, int bands) {
    static final int COUNT = 0;
    static final int FIRST_COUNT = 1;
    static final int SCALED = 2;
    static final int SCALED_COUNT = 3;
    private static final int ERRORS = 4;

    double[] fresh() {
        return new double[ERRORS + 2 * contenders + bands];
    }

    int error(int contender) {
        return ERRORS + contender;
    }

    int firstError(int contender) {
        return ERRORS + contenders + contender;
    }

    int inside(int band) {
        return ERRORS + 2 * contenders + band;
    }

    /** {@code into += more}. {@code into} Modified. */
    static void add(double[] more, double[] into) {
        for (var i = 0; i < more.length; i++) {
            into[i] += more[i];
        }
    }
}
