package dev.gatecast.source;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * How far courses repeat themselves after a lag: the autocorrelation, at the lag, of their changes over one step, a quarter
 * and half of the lag. Where a shorter season is known, the spans are multiples of it, so that it is not in the changes.
 *
 * @param strength of the changes' variance, the share that repeats itself, mean of the courses
 * @param peak by how much that is above the same at a quarter of the lag before and behind
 * @param certainty standard errors that it is above none
 * @param power what repeats itself relative to the values' variance
 */
record Repetition(double strength, double peak, double certainty, double power) {
    static final Repetition NONE = new Repetition(0, 0, 0, 0);

    private static final int FARTHEST = 8; // places between two courses that are compared
    private static final int WHOLE = 3; // lags that a course must be long
    private static final int BESIDE = 8; // lags looked at on each side
    private static final double NEAR = 0.9; // of the highest beside it

    /** That of the span that tells it most certainly, of those with at least so high a peak. */
    static Repetition at(int lag, int known, List<Course> courses, double leastPeak) {
        var best = NONE;
        double power = 0;
        for (int span : spans(lag, known)) {
            var found = at(lag, known, span, courses, leastPeak);
            power = Math.max(power, found.power);
            best = found.certainty > best.certainty ? found : best;
        }
        return new Repetition(best.strength, best.peak, best.certainty, power);
    }

    private static TreeSet<Integer> spans(int lag, int known) {
        var spans = new TreeSet<Integer>();
        for (double wanted : new double[] {known, lag / 4.0, lag / 2.0}) {
            int span = known * (int) Math.max(1, Math.round(wanted / known));
            if (span < lag) {
                spans.add(span);
            }
        }
        return spans;
    }

    private static Repetition at(int lag, int known, int span, List<Course> courses, double leastPeak) {
        var all = new ArrayList<Changes>();
        double power = 0;
        for (var course : courses) {
            if (course.steps() > WHOLE * lag) {
                var changes = Changes.of(course, span);
                if (changes.variance() > 0) {
                    all.add(changes);
                    power += changes.correlation(lag)
                            * changes.variance()
                            / Changes.of(course, 0).variance();
                }
            }
        }
        if (all.isEmpty()) {
            return NONE;
        }
        double strength = mean(all, changes -> changes.correlation(lag));
        double peak = strength - beside(all, lag, quarter(lag, known));
        if (peak < leastPeak || strength < NEAR * highest(all, lag, known)) {
            return NONE;
        }
        double certainty = mean(all, changes -> changes.correlation(lag) / changes.error(lag));
        return new Repetition(strength, peak, certainty * Math.sqrt(voices(all, lag)), power / all.size());
    }

    /** The height of a peak without all else, over the span that shows it best. */
    static double peak(int lag, List<Course> courses) {
        var all = courses.stream()
                .map(course -> Changes.of(course, Math.max(1, lag / 2)))
                .filter(changes -> changes.variance() > 0)
                .toList();
        return all.isEmpty() ? 0 : mean(all, changes -> changes.correlation(lag)) - beside(all, lag, quarter(lag, 1));
    }

    private static int quarter(int lag, int known) {
        return known * (int) Math.max(1, Math.round(lag / 4.0 / known));
    }

    private static double beside(List<Changes> all, int lag, int quarter) {
        return Math.max(
                mean(all, changes -> changes.correlation(Math.max(0, lag - quarter))),
                mean(all, changes -> changes.correlation(lag + quarter)));
    }

    private static double highest(List<Changes> all, int lag, int known) {
        int quarter = quarter(lag, known);
        int stride = known * Math.max(1, quarter / known / BESIDE);
        double highest = 0;
        for (int away = stride; away <= quarter; away += stride) {
            int before = lag - away;
            int behind = lag + away;
            highest = Math.max(highest, mean(all, changes -> changes.correlation(before)));
            highest = Math.max(highest, mean(all, changes -> changes.correlation(behind)));
        }
        return highest;
    }

    /**
     * How many courses these are worth: as many as there are if each goes its own way, one if all are moved by the same.
     * Of {@code n} with the correlation {@code c} the mean autocorrelation varies as that of {@code n / (1 + (n - 1) c²)};
     * c² is the mean over pairs up to {@link #FARTHEST} places apart, as the targets of one entity lie side by side.
     */
    private static double voices(List<Changes> all, int lag) {
        int n = all.size();
        double common = 0;
        int pairs = 0;
        for (int apart = 1; apart <= Math.min(n - 1, FARTHEST); apart++) {
            for (int i = 0; i + apart < n; i++) {
                double correlation = all.get(i).common(all.get(i + apart), lag);
                common += correlation * correlation;
                pairs++;
            }
        }
        return pairs == 0 ? n : n / (1 + (n - 1) * common / pairs);
    }

    private static double mean(List<Changes> all, ToDoubleFunction<Changes> of) {
        return all.stream().mapToDouble(of).sum() / all.size();
    }
}
