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
     * @param steps how many steps ahead are told apart; 0 without dates
     */
    public record Holidays(List<Integer> dates, int steps) {
        /** None. */
        public static final Holidays NONE = new Holidays(List.of(), 0);

        private static final int MOST_DATES = 100_000;
        private static final int MOST_STEPS = 4096;

        /** Checks and copies. */
        public Holidays {
            int before = Integer.MIN_VALUE;
            for (int date : dates) {
                if (date <= before || dates.size() > MOST_DATES) {
                    throw new IllegalArgumentException("holidays: at most " + MOST_DATES
                            + " ascending days expected, got " + date + " after " + before + " among " + dates.size());
                }
                before = date;
            }
            if (steps < 0 || steps > (dates.isEmpty() ? 0 : MOST_STEPS)) {
                throw new IllegalArgumentException("holidays: 0 to " + MOST_STEPS
                        + " steps ahead expected, 0 without dates, got " + steps + " of " + dates.size() + " dates");
            }
            dates = List.copyOf(dates);
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
        }
        return names;
    }
}
