package dev.gatecast.backtest;

import dev.gatecast.forecast.Recipe;
import dev.gatecast.source.Course;
import dev.gatecast.source.History;
import dev.gatecast.source.Periods;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The seasons that the simple contenders compare with, and how they are known. Nothing after the cut tells of them.
 *
 * @param lengths in steps, ascending
 * @param source how they are known
 */
record GridSeasons(List<Integer> lengths, Source source) {
    /** How seasons are known. */
    enum Source {
        SET("as set"),
        MODEL("the model's"),
        PAST("found in what comes before the cut"),
        CALENDAR("a calendar's: nothing comes before a cut to find them in");

        private final String text;

        Source(String text) {
            this.text = text;
        }
    }

    /**
     * Those that are set, else those of the model, else those found in the past, else a day and a week.
     *
     * @param set null: not set
     * @param recipe of the model; null where it is not known before the first tick
     * @param past null where there is none
     * @param cadence milliseconds from one step to the next; 0 where every tick is a step or times are row numbers
     */
    static GridSeasons of(@Nullable List<Integer> set, @Nullable Recipe recipe, @Nullable History past, long cadence) {
        if (set != null) {
            return new GridSeasons(set, Source.SET);
        }
        var own = recipe == null ? List.<Integer>of() : lengths(recipe);
        if (!own.isEmpty()) {
            return new GridSeasons(own, Source.MODEL);
        }
        if (past != null) {
            return new GridSeasons(Periods.found(Course.of(past), cadence), Source.PAST);
        }
        return new GridSeasons(Periods.expected(cadence), Source.CALENDAR);
    }

    private static List<Integer> lengths(Recipe recipe) {
        var seasons = recipe.spec().seasons();
        return Stream.of(seasons.shorter(), seasons.longer())
                .filter(length -> length > 1)
                .distinct()
                .toList();
    }

    /** The season of the differences that errors are scaled by, at least 1. */
    int main() {
        return lengths.isEmpty() ? 1 : lengths.get(0);
    }

    int longest() {
        return lengths.stream().mapToInt(length -> length).max().orElse(0);
    }

    /** Both in words. */
    String text() {
        var steps = lengths.stream().map(String::valueOf).collect(Collectors.joining(" and "));
        return (lengths.isEmpty() ? "none" : steps + " steps") + ", " + source.text;
    }
}
