package dev.gatecast.feature;

import java.util.List;

/**
 * How ticks become bars on a grid.
 *
 * @param cadence length of a bar, milliseconds; bars begin at its multiples since the epoch
 * @param grace stream time after a bar's end until which ticks still belong to it, milliseconds
 * @param rules what becomes of each field, (fields)
 * @param fill what stands for a bar without ticks
 * @param mostFilled bars in a row that are filled; after them the entity pauses until its next tick, and of the bars in between
 *     whole periods are left out, the rest is filled then
 */
public record BarSpec(long cadence, long grace, List<Rule> rules, Fill fill, int mostFilled) {
    private static final List<Long> PERIODS = List.of(7 * 86_400_000L, 86_400_000L, 3_600_000L);

    /** Name of the value of a bar after its fields: 1 where it had no ticks and is filled, else 0. */
    public static final String MISSING = "missing";

    /** What one bar keeps of a field's values; values that are missing have no part in it. */
    public enum Rule {
        /** The last by time; of equal times the one that came last. */
        LAST,
        /** Their mean. */
        MEAN,
        /** Their sum; 0 where all are missing. */
        SUM,
        /** How many there are. */
        COUNT,
        /** The least. */
        MIN,
        /** The largest. */
        MAX,
        /** The last of what is said of coming bars; nothing is said by a bar without ticks, however it is filled. */
        ANNOUNCED
    }

    /** What stands for a bar without ticks. */
    public enum Fill {
        /** Nothing: there is a gap. */
        NONE,
        /** The values of the bar before. */
        LAST,
        /** Zeros, which are what came: a count of nothing is 0. */
        ZERO,
        /** A guess of the forecaster, by the values one and more seasons before. */
        SEASON;

        /** Whether what stands for the bar is a guess: no error is measured against it. */
        public boolean guesses() {
            return this == LAST || this == SEASON;
        }
    }

    /** Checks and copies. */
    public BarSpec {
        rules = List.copyOf(rules);
        if (cadence < 1 || grace < 0 || mostFilled < 0 || rules.isEmpty()) {
            throw new IllegalArgumentException(
                    "bars: expected a cadence of at least 1 ms, a grace and a number of filled bars of at least 0 and a"
                            + " rule for each field, got " + cadence + ", " + grace + ", " + mostFilled + ", " + rules);
        }
    }

    /** The start of the bar that a time belongs to. */
    public long start(long time) {
        return Math.floorDiv(time, cadence) * cadence;
    }

    /**
     * Bars of a week, a day or an hour, the longest that can be filled; 1 where none can. Values that many steps apart stay so
     * through a gap of any length.
     */
    int period() {
        return fill == Fill.NONE
                ? 1
                : (int) PERIODS.stream()
                        .filter(period -> period % cadence == 0 && period / cadence <= mostFilled)
                        .mapToLong(period -> period / cadence)
                        .findFirst()
                        .orElse(1);
    }
}
