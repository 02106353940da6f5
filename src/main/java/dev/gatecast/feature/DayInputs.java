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
            out[at] = isHoliday(Math.floorDiv(time + offsets.at(time), DAY)) ? 1 : 0;
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

    /**
     * Writes whether each step ahead is on a holiday, then whether each of the newest ones is, newest last. The clocks are taken
     * to be as they are at the next step all along.
     *
     * @param time of this step, milliseconds since the epoch
     * @param zone the entity's
     * @param out Modified.
     * @param first where they begin
     * @param recent how many of the newest steps
     */
    void holidays(long time, String zone, float[] out, int first, int recent) {
        long next = time + cadence;
        long local = next + zones.getOrDefault(zone, usual).at(next);
        int ahead = days.holidays().steps();
        for (int step = 0; step < ahead; step++) {
            out[first + step] = share(local + step * cadence);
        }
        for (int back = recent; back > 0; back--) {
            out[first + ahead + recent - back] = share(local - back * cadence);
        }
    }

    /** Whether a step is on a holiday; of one longer than a day the share of its days that are. */
    private float share(long local) {
        long day = Math.floorDiv(local, DAY);
        if (cadence <= DAY) {
            return isHoliday(day) ? 1 : 0;
        }
        long end = Math.floorDiv(local + cadence, DAY);
        int on = 0;
        for (long at = day; at < end; at++) {
            on += isHoliday(at) ? 1 : 0;
        }
        return (float) on / (end - day);
    }

    private boolean isHoliday(long day) {
        long index = day - firstHoliday;
        return index >= 0 && index < holidays.length() && holidays.get((int) index);
    }
}
