package dev.gatecast.source;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * How many steps an hour, a day, a week and a year are. A cadence says it. Without one the times of the steps do: a shop that
 * is open for ten hours of each day has a day of ten steps.
 */
final class CalendarLags {
    static final long DAY = 86_400_000L;
    static final long WEEK = 7 * DAY;

    /** A week of five minutes. */
    static final int LONGEST = 2_016;

    private static final long[] PERIODS = {DAY / 24, DAY, WEEK, 365 * DAY}; // milliseconds
    private static final double AGREE = 1.0 / 3; // share of the steps; a shop is closed now and then

    private CalendarLags() {}

    /**
     * Those that are whole numbers of steps; without a cadence as many as there most often are in a period after a step, if that
     * is so after a third of them. Where steps come at random fewer agree, and a period is no number of steps.
     *
     * @param cadence milliseconds from one step to the next, 0 where every tick is a step
     * @return above 1, ascending
     */
    static List<Integer> of(List<Course> courses, long cadence) {
        return cadence > 0 ? ofGrid(cadence) : ofTimes(courses);
    }

    /** Those of a cadence. */
    static List<Integer> ofGrid(long cadence) {
        return sensible(Arrays.stream(PERIODS)
                .filter(period -> cadence > 0 && period % cadence == 0)
                .map(period -> period / cadence));
    }

    private static List<Integer> ofTimes(List<Course> courses) {
        long step = medianStep(courses);
        return sensible(Arrays.stream(PERIODS).map(period -> step == 0 ? 0 : told(courses, period, step)));
    }

    private static List<Integer> sensible(LongStream lags) {
        return lags.filter(lag -> lag > 1 && lag <= LONGEST)
                .distinct()
                .mapToObj(lag -> (int) lag)
                .toList();
    }

    private static long medianStep(List<Course> courses) {
        var steps = courses.stream()
                .map(Course::times)
                .flatMapToLong(times -> Arrays.stream(gaps(times)))
                .sorted()
                .toArray();
        return steps.length == 0 ? 0 : steps[steps.length / 2];
    }

    private static long[] gaps(long[] times) {
        var gaps = new long[Math.max(0, times.length - 1)];
        Arrays.setAll(gaps, i -> times[i + 1] - times[i]);
        return gaps;
    }

    /** Steps that there most often are in a period after one; 0 where fewer than a third agree. Times may be half a step off. */
    private static long told(List<Course> courses, long period, long step) {
        var counts = new TreeMap<Integer, Integer>();
        int all = 0;
        for (var course : courses) {
            var times = course.times();
            int next = 0; // first that is later than the period after this one
            for (int i = 0; i < times.length; i++) {
                long until = times[i] + period + step / 2;
                while (next < times.length && times[next] <= until) {
                    next++;
                }
                if (next < times.length) {
                    counts.merge(next - 1 - i, 1, Integer::sum);
                    all++;
                }
            }
        }
        double least = AGREE * all;
        return counts.entrySet().stream()
                .filter(count -> count.getValue() >= least)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
    }
}
