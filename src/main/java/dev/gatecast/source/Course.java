package dev.gatecast.source;

import java.util.Arrays;
import java.util.List;

/**
 * The values of one entity's steps, in which seasons are looked for.
 *
 * @param times ascending, (steps). Not modified.
 * @param values NaN where none came, (steps). Not modified.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Course(long[] times, double[] values) {
    /** Further back than this nothing is looked at. */
    private static final int NEWEST = 1 << 15;

    /** What is looked at. */
    public Course {
        int from = Math.max(0, values.length - NEWEST);
        times = Arrays.copyOfRange(times, from, values.length);
        values = Arrays.copyOfRange(values, from, values.length);
    }

    /** The first value of each tick of a history, without those that were guessed. */
    public static List<Course> of(History history) {
        return history.series().stream().map(Course::of).toList();
    }

    private static Course of(Series series) {
        var values = series.values(0);
        for (int i = 0; i < values.length; i++) {
            values[i] = series.missing(i) || Double.isInfinite(values[i]) ? Double.NaN : values[i];
        }
        return new Course(series.times(), values);
    }

    int steps() {
        return values.length;
    }

    /** The newest steps alone. */
    Course newest(int steps) {
        int from = Math.max(0, values.length - steps);
        return new Course(
                Arrays.copyOfRange(times, from, times.length), Arrays.copyOfRange(values, from, values.length));
    }
}
