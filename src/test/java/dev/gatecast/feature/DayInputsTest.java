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

    /** Looked up day by day; the steps of a week's cadence begin with their time. */
    @Test
    void everyStepAheadAndOfTheNewestSaysWhatShareOfItIsAHoliday() {
        var random = new Random(11);
        for (var cadence : List.of(HOUR / 12, HOUR, 24 * HOUR, 7 * 24 * HOUR)) {
            var dates = new TreeSet<Integer>();
            int first = (int) LocalDate.of(2001, 1, 1).toEpochDay();
            for (int i = 0; i < 60; i++) {
                dates.add(first + random.nextInt(250));
            }
            int ahead = 24;
            int recent = 5;
            var days = new Days(List.of(CLOCKS), false, new Days.Holidays(new ArrayList<>(dates), ahead));
            var inputs = new DayInputs(days, cadence);
            for (int i = 0; i < 500; i++) {
                long time = millis("2001-01-01T00:00:00Z") + random.nextInt(80 * 24) * HOUR;
                assertEquals(dates.contains(day(time)) ? 1f : 0f, written(days, cadence, time, "")[8]);
                var out = new float[ahead + recent];
                inputs.holidays(time, "", out, 0, recent);
                for (int step = -recent; step < ahead; step++) {
                    double on = 0;
                    int length = (int) Math.max(1, cadence / (24 * HOUR));
                    for (int day = 0; day < length; day++) {
                        on += dates.contains(day(time + cadence, step * cadence) + day) ? 1 : 0;
                    }
                    assertEquals(on / length, out[step < 0 ? ahead + recent + step : step], 1e-6, "step " + step);
                }
            }
        }
    }

    private static int day(long time) {
        return (int) Instant.ofEpochMilli(time).atZone(NEW_YORK).toLocalDate().toEpochDay();
    }

    /** By the offset of the step that is looked from. */
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
