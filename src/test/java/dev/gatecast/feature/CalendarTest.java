package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CalendarTest {
    private static final long HOUR = 3_600_000L;

    @Test
    void everyHourOfTheTableHasTheBitsThatItWouldBeComputedTo() {
        var table = new float[8];
        var computed = new float[8];
        for (long hour = -1_000; hour < 300_000; hour += 7) {
            Calendar.write(hour * HOUR, table);
            Calendar.compute(hour * HOUR, computed);
            assertArrayEquals(computed, table);
        }
    }

    @Test
    void aMondayBeginsTheWeekAndSixInTheMorningIsAQuarterOfTheDay() {
        var out = new float[8];
        Calendar.write(982_540_800_000L, out); // Monday 2001-02-19
        assertArrayEquals(new float[] {0, 1, 0, 1, 0, 1, 0, 1}, out);
        Calendar.write(982_540_800_000L + 6 * HOUR + 1, out);
        assertEquals(1, out[0], 1e-6f);
    }
}
