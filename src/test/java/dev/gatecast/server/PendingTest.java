package dev.gatecast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gatecast.event.Forecast;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PendingTest {
    private static final long HOUR = 3_600_000L;

    private static Pending.Due due(float[] levels, float[] quantiles, float value) {
        var pending = new Pending(1);
        var forecast = new Forecast("BOS", 0, HOUR, levels, quantiles, new Forecast.Stamp("m", false));
        pending.put(0, forecast, Pending.Bands.of(levels), 3);
        return Objects.requireNonNull(pending.take(1, HOUR, value));
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
        var pending = new Pending(1);
        assertNull(pending.take(1, HOUR, 3));
    }
}
