package dev.gatecast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.HorizonGroups;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PendingTest {
    private static final long HOUR = 3_600_000L;
    private static final float[] MEDIAN = {.5f};

    private static Pending.Due due(float[] levels, float[] quantiles, float value) {
        var pending = new Pending(1, 0);
        var forecast = new Forecast("BOS", 0, HOUR, levels, quantiles, new Forecast.Stamp("m", false));
        pending.put(0, forecast, Pending.Bands.of(levels), 3);
        return Objects.requireNonNull(pending.take(0, 1, HOUR, value));
    }

    @Test
    void eachBandThatTheForecastHasIsJudged() {
        var levels = new float[] {.025f, .05f, .1f, .25f, .5f, .75f, .9f, .95f, .975f};
        var quantiles = new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8};
        assertEquals(0b1111, due(levels, quantiles, 4).judged());
        assertEquals(0b1111, due(levels, quantiles, 4).inside());
        assertEquals(0b1110, due(levels, quantiles, 2).inside());
        assertEquals(0b1100, due(levels, quantiles, 6.5f).inside());
        assertEquals(0b1000, due(levels, quantiles, 0.5f).inside());
        assertEquals(0, due(levels, quantiles, 9).inside());
    }

    @Test
    void aBandThatTheForecastLacksIsNot() {
        var due = due(new float[] {.05f, .5f, .95f}, new float[] {1, 2, 3}, 2);
        assertEquals(0b0100, due.judged());
        assertEquals(0b0100, due.inside());
    }

    @Test
    void aForecastOfAnotherTimeIsNotTaken() {
        var pending = new Pending(1, 0);
        assertNull(pending.take(0, 1, HOUR, 3));
    }

    @Test
    void everyHorizonOfAGroupIsJudgedAboutAsOften() {
        for (int horizons : new int[] {7, 24, 168}) {
            var counts = new int[horizons + 1];
            for (var pending : Pending.all(horizons)) {
                assertTrue(pending.places() <= 24);
                for (int row = 0; row < 20 * horizons + 4000; row++) {
                    for (int place = 0; place < pending.places(); place++) {
                        var due = pending.take(place, row, row * HOUR, 0);
                        if (due != null) {
                            counts[(int) due.median()]++;
                        }
                    }
                    pending.put(row, counting(row, horizons), Pending.Bands.of(MEDIAN), 0);
                }
            }
            var reaches = HorizonGroups.reaches(horizons);
            for (int g = 0; g < reaches.length; g++) {
                int first = HorizonGroups.first(reaches, g);
                var group = Arrays.stream(counts, first, reaches[g] + 1).summaryStatistics();
                assertTrue(group.getMin() > 0.7 * group.getAverage(), () -> horizons + " horizons: " + group);
            }
        }
    }

    /** Whose median at each horizon is the horizon. */
    private static Forecast counting(int row, int horizons) {
        var values = new float[horizons];
        for (int h = 0; h < horizons; h++) {
            values[h] = h + 1;
        }
        return new Forecast("BOS", row * HOUR, HOUR, MEDIAN, values, new Forecast.Stamp("m", false));
    }
}
