package dev.gatecast.feature;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** The calendar at an entity's place: of the next step, and which of the steps ahead fall on holidays. */
final class DayInputs {
    private static final long DAY = 86_400_000L;
    private static final double YEAR = 365.2425;

    private final Days days;
    private final long cadence;
    private final Map<String, Offsets> zones = new HashMap<>();
    private final Offsets usual;
    private final BitSet holidays = new BitSet();
    private final int firstHoliday;
    private final int[] groups; // (groups)

    /** A zone's table as arrays. */
    private record Offsets(long[] from, long[] offsets) {
        static Offsets of(Zone zone) {
            return new Offsets(
                    zone.from().stream().mapToLong(Long::longValue).toArray(),
                    zone.offsets().stream().mapToLong(Integer::longValue).toArray());
        }

        long at(long time) {
            return offsets[changes(time)];
        }

        /** How many changes there were until a time. */
        int changes(long time) {
            int low = 0;
            int high = from.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (from[middle] <= time) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    DayInputs(Days days, long cadence) {
        this.days = days;
        this.cadence = cadence;
        days.zones().forEach(zone -> zones.put(zone.name(), Offsets.of(zone)));
        usual = Offsets.of(days.zones().get(0));
        var dates = days.holidays().dates();
        firstHoliday = dates.isEmpty() ? 0 : dates.get(0);
        dates.forEach(date -> holidays.set(date - firstHoliday));
        groups = days.holidays().groups().stream().mapToInt(group -> group).toArray();
    }

    /**
     * Writes day and week of the next step, then what {@link Days} adds.
     *
     * @param time of this step, milliseconds since the epoch
     * @param zone the entity's; the first of the days' where there is no such
     * @param out Modified from 0 on.
     */
    void write(long time, String zone, float[] out) {
        var offsets = zones.getOrDefault(zone, usual);
        long next = time + cadence;
        long local = next + offsets.at(next);
        Calendar.write(local, out);
        int at = FeatureSpec.CALENDAR_INPUTS;
        if (days.year()) {
            year(local, out, at);
            at += Days.YEAR_INPUTS;
        }
        if (!holidays.isEmpty()) {
            holidays(time + offsets.at(time), out, at);
        }
    }

    /**
     * Finds the last change of clocks before the next step, and the first one after it.
     *
     * @param time of this step, milliseconds since the epoch
     * @param zone the entity's
     * @param out Modified where there is one by whole steps.
     */
    void shift(long time, String zone, Shift out) {
        if (!days.aligned() || cadence == 0) {
            return;
        }
        var offsets = zones.getOrDefault(zone, usual);
        int changes = offsets.changes(time + cadence);
        if (changes > 0) {
            long forward = offsets.offsets[changes] - offsets.offsets[changes - 1];
            long since = time - offsets.from[changes - 1];
            if (forward % cadence == 0 && since / cadence < Integer.MAX_VALUE - 1) {
                out.at((int) Math.floorDiv(since, cadence) + 1, (int) (forward / cadence));
            }
        }
        if (changes < offsets.from.length) {
            long forward = offsets.offsets[changes + 1] - offsets.offsets[changes];
            long until = offsets.from[changes] - time;
            if (forward % cadence == 0 && until / cadence < Integer.MAX_VALUE - 1) {
                out.coming((int) Math.floorDiv(until + cadence - 1, cadence), (int) (forward / cadence));
            }
        }
    }

    private static void year(long local, float[] out, int at) {
        double years = Math.floorDiv(local, DAY) / YEAR;
        Calendar.harmonics(years - Math.floor(years), out, at);
    }

    /** The offset of this step holds for those ahead too: an hour's error twice a year. */
    private void holidays(long local, float[] out, int at) {
        out[at] = isHoliday(Math.floorDiv(local, DAY)) ? 1 : 0;
        int before = 0;
        for (int g = 0; g < groups.length; g++) {
            out[at + 1 + g] = share(local, before, groups[g]);
            before = groups[g];
        }
    }

    /** Share of the steps after {@code before} up to {@code last} that fall on a holiday. */
    private float share(long local, int before, int last) {
        long firstDay = Math.floorDiv(local + (before + 1) * cadence, DAY);
        long lastDay = Math.floorDiv(local + last * cadence, DAY);
        long steps = 0;
        for (long day = firstDay; day <= lastDay; day = holidayFrom(day + 1)) {
            if (isHoliday(day)) {
                steps +=
                        stepsBefore((day + 1) * DAY, local, before, last) - stepsBefore(day * DAY, local, before, last);
            }
        }
        return (float) ((double) steps / (last - before));
    }

    /** How many of the steps are before a time. */
    private long stepsBefore(long time, long local, int before, int last) {
        long steps = cadence == 0 ? (time > local ? last : before) : Math.floorDiv(time - 1 - local, cadence);
        return Math.max(before, Math.min(last, steps)) - before;
    }

    private boolean isHoliday(long day) {
        long index = day - firstHoliday;
        return index >= 0 && index < holidays.length() && holidays.get((int) index);
    }

    /** The first holiday from a day on; a day without end where there is none. */
    private long holidayFrom(long day) {
        long index = Math.max(0, day - firstHoliday);
        int next = index > Integer.MAX_VALUE ? -1 : holidays.nextSetBit((int) index);
        return next < 0 ? Long.MAX_VALUE : (long) firstHoliday + next;
    }
}
