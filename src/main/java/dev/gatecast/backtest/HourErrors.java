package dev.gatecast.backtest;

/** Absolute errors by the hour of the day (UTC) of the value that was forecast, as running sums. */
final class HourErrors {
    static final int HOURS = 24;
    private static final long HOUR = 3_600_000L;

    private final double[][] errors; // (contenders, 24)
    private final long[] count = new long[HOURS];

    HourErrors(int contenders) {
        errors = new double[contenders][HOURS];
    }

    static int of(long time) {
        return (int) Math.floorMod(Math.floorDiv(time, HOUR), (long) HOURS);
    }

    void count(int hour) {
        count[hour]++;
    }

    /** Takes in the errors of a contender from a place on, each by its hour. Neither is modified. */
    void add(int contender, int[] hours, double[] more, int at) {
        var own = errors[contender];
        for (var h = 0; h < hours.length; h++) {
            own[hours[h]] += more[at + h];
        }
    }

    void merge(HourErrors other) {
        for (var hour = 0; hour < HOURS; hour++) {
            count[hour] += other.count[hour];
            for (var c = 0; c < errors.length; c++) {
                errors[c][hour] += other.errors[c][hour];
            }
        }
    }

    /** Mean absolute error; NaN where there is none. */
    double mae(int contender, int hour) {
        return errors[contender][hour] / count[hour];
    }
}
