package dev.gatecast.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the seasons of a history: numbers of steps after which its courses repeat themselves.
 *
 * <p>An hour, a day, a week and a year are tried in as many steps as the courses have in them; without a cadence then the
 * lengths that such data usually have; and where none of them is a season all lags. One is a season if a tenth of the changes' variance repeats itself
 * more than at the lags a quarter away, and if that is further above nothing than the luckiest of as many tries on noise.
 * A longer one is tried on what a shorter leaves, so that two days are no season of what has a day.
 */
public final class Periods {
    private static final int[] USUAL = {4, 5, 7, 12, 24, 30, 48, 52, 60, 96, 144, 168, 288, 336, 672};
    private static final int[] TIMES = {5, 7}; // a week of days
    private static final int MOST_COURSES = 50;
    private static final int SPANS = 3; // tries for each lag
    private static final double LEAST = 0.1; // share that counts
    private static final double CERTAIN = 2; // standard errors
    private static final int SHORTEST = 4; // under noise, neighbours in a smooth course look like a season of 2 or 3
    private static final int SCANNED = 1 << 12; // steps of a course in which all lags are tried
    private static final int SCANNED_COURSES = 16;
    private static final double NEAR = 0.9; // of the highest of all lags

    private final List<Course> courses;
    private final List<Found> found = new ArrayList<>();

    private record Found(int lag, double power) {}

    private Periods(List<Course> courses) {
        this.courses = courses;
    }

    /**
     * Looks for them.
     *
     * @param courses what is looked at: nothing that is not to be known yet
     * @param cadence milliseconds from one step to the next, 0 where every tick is a step
     * @return at most two, in steps, ascending; none where nothing repeats
     */
    public static List<Integer> found(List<Course> courses, long cadence) {
        var periods = new Periods(every(courses, MOST_COURSES));
        var calendar = CalendarLags.of(periods.courses, cadence);
        var usual =
                cadence > 0 ? List.<Integer>of() : Arrays.stream(USUAL).boxed().toList();
        periods.accept(calendar, calendar.size() + usual.size());
        if (periods.found.isEmpty()) {
            periods.accept(usual, calendar.size() + usual.size());
        }
        if (periods.found.isEmpty()) {
            periods.scan();
        }
        return periods.strongest();
    }

    /**
     * The seasons that a calendar lets expect where there is nothing yet to find them in: a day and a week, in steps.
     *
     * @param cadence milliseconds from one step to the next, 0 where every tick is a step
     */
    public static List<Integer> expected(long cadence) {
        return CalendarLags.ofGrid(cadence).stream()
                .filter(lag -> lag * cadence == CalendarLags.DAY || lag * cadence == CalendarLags.WEEK)
                .toList();
    }

    private static List<Course> every(List<Course> courses, int most) {
        int stride = (courses.size() + most - 1) / most;
        return IntStream.range(0, courses.size())
                .filter(i -> i % stride == 0)
                .mapToObj(courses::get)
                .toList();
    }

    /** Tries lags one by one, shorter ones first; {@code tried} of them in all. */
    private void accept(List<Integer> lags, int tried) {
        // the highest of n standard normal values is about √(2 ln n)
        double least = Math.max(CERTAIN, Math.sqrt(2 * StrictMath.log(SPANS * Math.max(1, tried))));
        for (int lag : lags) {
            int known = found.isEmpty() ? 1 : found.get(found.size() - 1).lag;
            var repetition = Repetition.at(lag, known, courses, LEAST);
            if (repetition.certainty() >= least) {
                found.add(new Found(lag, repetition.power()));
            }
        }
    }

    /** The shortest of the lags whose peaks are highest, and weeks of it. */
    private void scan() {
        var some = every(courses, SCANNED_COURSES).stream()
                .map(course -> course.newest(SCANNED))
                .toList();
        int steps = some.stream().mapToInt(Course::steps).max().orElse(0);
        int most = Math.min(CalendarLags.LONGEST, steps / 4);
        var peaks = new double[Math.max(0, most + 1)];
        for (int lag = SHORTEST; lag <= most; lag++) {
            int longEnough = 4 * lag;
            peaks[lag] = Repetition.peak(
                    lag,
                    some.stream().filter(course -> course.steps() >= longEnough).toList());
        }
        double highest = Arrays.stream(peaks).max().orElse(0);
        if (highest < LEAST) {
            return;
        }
        int first = IntStream.range(SHORTEST, most + 1)
                .filter(lag -> peaks[lag] >= NEAR * highest)
                .findFirst()
                .orElseThrow();
        int top = first;
        for (int lag = first; lag <= Math.min(most, first + first / 4); lag++) {
            top = peaks[lag] > peaks[top] ? lag : top;
        }
        accept(List.of(top), most);
        if (!found.isEmpty()) {
            int season = top;
            accept(Arrays.stream(TIMES).mapToObj(times -> times * season).toList(), most);
        }
    }

    /** Two at most: without shorter ones beside which a longer is ten times as strong, then without the weakest. */
    private List<Integer> strongest() {
        var kept = new ArrayList<Found>();
        for (int i = 0; i < found.size(); i++) {
            double power = found.get(i).power;
            if (found.stream().skip(i + 1L).noneMatch(longer -> power < LEAST * longer.power)) {
                kept.add(found.get(i));
            }
        }
        while (kept.size() > 2) {
            kept.remove(
                    kept.stream().reduce((a, b) -> b.power < a.power ? b : a).orElseThrow());
        }
        return kept.stream().map(Found::lag).toList();
    }
}
