package dev.gatecast.feature;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What a model knows of the days at an entity's place.
 *
 * @param zones time zones by name; the first is that of entities that name none, or one that is not among them
 * @param year whether the time of year is an input
 * @param holidays which days are holidays
 * @param aligned whether values from before a change of clocks stand where their local time does
 */
public record Days(List<Zone> zones, boolean year, Holidays holidays, boolean aligned) {
    /** Universal time, no holidays. */
    public static final Days NONE = new Days(List.of(Zone.UTC), false, Holidays.NONE);

    /** Sine and cosine of the first two harmonics of the year. */
    static final int YEAR_INPUTS = 4;

    private static final int MOST_ZONES = 1024;

    /**
     * Days that are unlike others.
     *
     * @param dates days since 1970-01-01 at the entity's place, ascending
     * @param groups farthest step of each group of steps ahead that has an input of its own, ascending; the inputs are
     *     whether the step itself is on a holiday, and of each group the share that is
     */
    public record Holidays(List<Integer> dates, List<Integer> groups) {
        /** None. */
        public static final Holidays NONE = new Holidays(List.of(), List.of());

        private static final int MOST_DATES = 100_000;
        private static final int MOST_GROUPS = 64;

        /** Checks and copies. */
        public Holidays {
            dates = ascending("holidays", dates, Integer.MIN_VALUE, MOST_DATES);
            groups = ascending("groups of steps", groups, 0, MOST_GROUPS);
        }

        private static List<Integer> ascending(String what, List<Integer> numbers, int above, int most) {
            int before = above;
            for (int number : numbers) {
                if (number <= before || numbers.size() > most) {
                    throw new IllegalArgumentException(what + ": at most " + most + " ascending numbers expected, got "
                            + number + " after " + before + " among " + numbers.size());
                }
                before = number;
            }
            return List.copyOf(numbers);
        }
    }

    /** Checks and copies. */
    public Days {
        zones = List.copyOf(zones);
        var names = zones.stream().map(Zone::name).toList();
        if (zones.isEmpty() || zones.size() > MOST_ZONES || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "zones: 1 to " + MOST_ZONES + " of different names expected, got " + names);
        }
    }

    /** Whose clocks move no value. */
    public Days(List<Zone> zones, boolean year, Holidays holidays) {
        this(zones, year, holidays, false);
    }

    /** The same with values that stand where their local time does. */
    public Days align() {
        return new Days(zones, year, holidays, true);
    }

    /** Inputs that they add to the calendar's. */
    int inputs() {
        return inputNames().size();
    }

    /** Their names, in order. */
    List<String> inputNames() {
        var names = new ArrayList<String>();
        if (year) {
            names.addAll(List.of("year-sine-1", "year-cosine-1", "year-sine-2", "year-cosine-2"));
        }
        if (!holidays.dates.isEmpty()) {
            names.add("holiday");
            for (int group : holidays.groups) {
                names.add("holiday within " + group);
            }
        }
        return names;
    }
}
