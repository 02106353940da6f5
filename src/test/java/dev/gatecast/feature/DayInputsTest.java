package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DayInputsTest {
    private static final long HOUR = 3_600_000L;
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    /** The clocks of New York in 2001: forward at 07:00 UTC on April 1, back at 06:00 UTC on October 28. */
    private static final Zone CLOCKS = new Zone(
            "America/New_York",
            List.of(millis("2001-04-01T07:00:00Z"), millis("2001-10-28T06:00:00Z")),
            List.of(-5 * (int) HOUR, -4 * (int) HOUR, -5 * (int) HOUR));

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private static float[] written(Days days, long cadence, long time, String zone) {
        var out = new float[FeatureSpec.CALENDAR_INPUTS + days.inputs()];
        new DayInputs(days, cadence).write(time, zone, out);
        return out;
    }

    private static float[] local(int hoursSinceMonday) {
        var out = new float[FeatureSpec.CALENDAR_INPUTS];
        Calendar.write((hoursSinceMonday + 4 * 24) * HOUR, out); // 1970-01-05 was a Monday
        return out;
    }

    @Test
    void theHourIsThatOfTheEntitysClocksWhichChangeTwiceAYear() {
        var days = new Days(List.of(Zone.UTC, CLOCKS), false, Days.Holidays.NONE);
        // one hour before the change it is 01:00, and at the next step 03:00
        var sunday = 6 * 24;
        assertArrayEquals(local(sunday + 1), written(days, HOUR, millis("2001-04-01T05:00:00Z"), "America/New_York"));
        assertArrayEquals(local(sunday + 3), written(days, HOUR, millis("2001-04-01T06:00:00Z"), "America/New_York"));
        // 01:00 comes twice
        assertArrayEquals(local(sunday + 1), written(days, HOUR, millis("2001-10-28T04:00:00Z"), "America/New_York"));
        assertArrayEquals(local(sunday + 1), written(days, HOUR, millis("2001-10-28T05:00:00Z"), "America/New_York"));
        assertArrayEquals(local(sunday + 2), written(days, HOUR, millis("2001-10-28T06:00:00Z"), "America/New_York"));
        // one that is not known, or not named, has the first
        assertArrayEquals(local(sunday + 6), written(days, HOUR, millis("2001-04-01T05:00:00Z"), "Europe/Nowhere"));
        assertArrayEquals(local(sunday + 6), written(days, HOUR, millis("2001-04-01T05:00:00Z"), ""));
    }

    /** Every step ahead looked up one by one. */
    @Test
    void aGroupsHolidaysAreTheShareOfItsSteps() {
        var random = new Random(11);
        for (var cadence : List.of(HOUR / 12, HOUR, 24 * HOUR, 7 * 24 * HOUR)) {
            var dates = new TreeSet<Integer>();
            int first = (int) LocalDate.of(2001, 1, 1).toEpochDay();
            for (int i = 0; i < 60; i++) {
                dates.add(first + random.nextInt(250));
            }
            var groups = List.of(1, 6, 12, 24);
            var days = new Days(List.of(CLOCKS), false, new Days.Holidays(new ArrayList<>(dates), groups));
            for (int i = 0; i < 500; i++) {
                long time = millis("2001-01-01T00:00:00Z") + random.nextInt(80 * 24) * HOUR;
                var out = written(days, cadence, time, "");
                assertEquals(dates.contains(day(time)) ? 1f : 0f, out[8]);
                int before = 0;
                for (int g = 0; g < groups.size(); g++) {
                    int on = 0;
                    for (int step = before + 1; step <= groups.get(g); step++) {
                        on += dates.contains(day(time, step * cadence)) ? 1 : 0;
                    }
                    assertEquals((float) on / (groups.get(g) - before), out[9 + g], 1e-6, "group " + g);
                    before = groups.get(g);
                }
            }
        }
    }

    private static int day(long time) {
        return (int) Instant.ofEpochMilli(time).atZone(NEW_YORK).toLocalDate().toEpochDay();
    }

    /** By the offset of the step that looks ahead. */
    private static int day(long time, long ahead) {
        var at = Instant.ofEpochMilli(time).atZone(NEW_YORK);
        return (int) at.toLocalDateTime()
                .plus(Duration.ofMillis(ahead))
                .toLocalDate()
                .toEpochDay();
    }

    @Test
    void theTimeOfYearComesRoundAfterAYear() {
        var days = new Days(List.of(Zone.UTC), true, Days.Holidays.NONE);
        var one = written(days, HOUR, millis("2001-03-10T12:00:00Z"), "");
        var next = written(days, HOUR, millis("2002-03-10T12:00:00Z"), "");
        var half = written(days, HOUR, millis("2001-09-09T12:00:00Z"), "");
        assertArrayEquals(Arrays.copyOfRange(one, 8, 12), Arrays.copyOfRange(next, 8, 12), 0.02f);
        assertEquals(-one[8], half[8], 0.02);
        assertEquals(1, one[8] * one[8] + one[9] * one[9], 1e-6);
    }
}
