package dev.gatecast.server;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Errors of the forecasts that have come due, per horizon: since the start, and by day of event time. Thread-safe. */
final class Accuracy {
    /** Horizons followed, in steps. */
    static final int[] HORIZONS = {1, 6, 24};

    /** Days that the recent figures speak of. */
    static final int DAYS = 28;

    private static final long DAY = 86_400_000L;

    private final ErrorSums[] total = fresh();
    private final TreeMap<Long, ErrorSums[]> days = new TreeMap<>();
    private long lastDay = Long.MIN_VALUE; // most ticks are of the same day as the one before
    private ErrorSums[] lastSums = fresh();

    /** One day's mean absolute errors of one horizon. */
    record Day(long time, double mae, double week, double coverage) {}

    /** Takes in a forecast that has come due. {@code naive} (last, day, week), NaN where unknown. */
    synchronized void add(int horizonIndex, long time, double value, Pending.Due due, double day, double week) {
        count(total[horizonIndex], value, due, day, week);
        count(ofDay(Math.floorDiv(time, DAY))[horizonIndex], value, due, day, week);
    }

    private ErrorSums[] ofDay(long day) {
        if (day != lastDay) {
            lastDay = day;
            lastSums = days.computeIfAbsent(day, key -> fresh());
            while (days.size() > DAYS) {
                days.pollFirstEntry();
            }
        }
        return lastSums;
    }

    /** Since the start. */
    synchronized List<HorizonError> total() {
        return errors(total);
    }

    /** Over the last {@link #DAYS} days of event time. */
    synchronized List<HorizonError> recent() {
        var all = fresh();
        for (var sums : days.values()) {
            for (int i = 0; i < all.length; i++) {
                all[i].addAll(sums[i]);
            }
        }
        return errors(all);
    }

    /** Share of values within one of {@link Pending.Bands#SHARES} over the same days; NaN where there is none. */
    synchronized double coverage(int horizonIndex, int band) {
        var all = new ErrorSums();
        days.values().forEach(sums -> all.addAll(sums[horizonIndex]));
        return all.coverage(band);
    }

    /** Day by day, oldest first. */
    synchronized List<Day> days(int horizonIndex) {
        var result = new ArrayList<Day>();
        days.forEach((day, sums) -> {
            var error = sums[horizonIndex].toError(HORIZONS[horizonIndex]);
            result.add(new Day(day * DAY, error.mae(), error.naive().week(), error.coverage()));
        });
        return result;
    }

    private static void count(ErrorSums sums, double value, Pending.Due due, double day, double week) {
        sums.add(ErrorSums.MODEL, Math.abs(value - due.median()));
        sums.add(ErrorSums.LAST, Math.abs(value - due.last()));
        sums.add(ErrorSums.DAY, Math.abs(value - day));
        sums.add(ErrorSums.WEEK, Math.abs(value - week));
        sums.covered(due.inside(), due.judged());
    }

    private static List<HorizonError> errors(ErrorSums[] sums) {
        var result = new ArrayList<HorizonError>();
        for (int i = 0; i < sums.length; i++) {
            result.add(sums[i].toError(HORIZONS[i]));
        }
        return result;
    }

    private static ErrorSums[] fresh() {
        var sums = new ErrorSums[HORIZONS.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new ErrorSums();
        }
        return sums;
    }
}
