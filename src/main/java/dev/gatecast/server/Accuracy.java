package dev.gatecast.server;

import dev.gatecast.event.HorizonGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Errors of the forecasts that have come due, by group of the model's horizons ({@link HorizonGroups}): since the start, and by
 * day of event time. Begins anew with a model of another number of horizons. Thread-safe.
 */
final class Accuracy {
    private static final int USUAL = 24; // horizons, before the first forecast

    /** Days that the recent figures speak of. */
    static final int DAYS = 28;

    private static final long DAY = 86_400_000L;

    private int horizons = USUAL;
    private int[] reaches = HorizonGroups.reaches(USUAL);
    private ErrorSums[] total = fresh();
    private final TreeMap<Long, ErrorSums[]> days = new TreeMap<>();
    private long lastDay = Long.MIN_VALUE; // most ticks are of the same day as the one before
    private ErrorSums[] lastSums = fresh();

    /** One day's mean absolute errors of one group. */
    record Day(long time, double mae, double week, double coverage) {}

    /** Says how many horizons the forecasts have that come from now on. */
    synchronized void follow(int count) {
        if (count != horizons) {
            horizons = count;
            reaches = HorizonGroups.reaches(count);
            total = fresh();
            days.clear();
            lastDay = Long.MIN_VALUE;
        }
    }

    /** Takes in a forecast that has come due; {@code day} and {@code week} NaN where unknown. */
    synchronized void add(int group, long time, double value, Pending.Due due, double day, double week) {
        if (due.of() == horizons) {
            count(total[group], value, due, day, week);
            count(ofDay(Math.floorDiv(time, DAY))[group], value, due, day, week);
        }
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

    /** Day by day, oldest first; none where there is no such group. */
    synchronized List<Day> days(int group) {
        var result = new ArrayList<Day>();
        if (group < reaches.length) {
            days.forEach((day, sums) -> {
                var error = error(sums, group);
                result.add(new Day(day * DAY, error.mae(), error.naive().week(), error.coverage()));
            });
        }
        return result;
    }

    private static void count(ErrorSums sums, double value, Pending.Due due, double day, double week) {
        sums.add(ErrorSums.MODEL, Math.abs(value - due.median()));
        sums.add(ErrorSums.LAST, Math.abs(value - due.last()));
        sums.add(ErrorSums.DAY, Math.abs(value - day));
        sums.add(ErrorSums.WEEK, Math.abs(value - week));
        sums.covered(due.inside(), due.judged());
    }

    private HorizonError error(ErrorSums[] sums, int group) {
        return sums[group].toError(HorizonGroups.first(reaches, group), reaches[group]);
    }

    private List<HorizonError> errors(ErrorSums[] sums) {
        var result = new ArrayList<HorizonError>();
        for (int i = 0; i < sums.length; i++) {
            result.add(error(sums, i));
        }
        return result;
    }

    private ErrorSums[] fresh() {
        var sums = new ErrorSums[reaches.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new ErrorSums();
        }
        return sums;
    }
}
