package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gatecast.event.Forecast;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShelfTest {
    private static final float[] LEVELS = {0.1f, 0.5f, 0.9f};

    @Test
    void arraysOfAForecastThatHasLeftHoldTheNextOne() {
        var shelf = new Shelf();
        var emitted = forecast(1);
        var first = pending(emitted);
        shelf.keep(first);
        assertNotSame(emitted.values(), kept(first).values(), "what was emitted belongs to others");
        var second = pending(forecast(2));
        shelf.keep(second);
        assertArrayEquals(emitted.values(), kept(first).values(), "it still waits");
        shelf.put(first);
        var third = pending(forecast(3));
        shelf.keep(third);
        assertSame(kept(first).values(), kept(third).values());
        assertArrayEquals(forecast(3).values(), kept(third).values());
        assertArrayEquals(forecast(3).means(), kept(third).means());
        assertArrayEquals(forecast(2).values(), kept(second).values());
    }

    @Test
    void arraysAreTakenByTheirLength() {
        var shelf = new Shelf();
        var left = pending(forecast(1));
        var values = kept(left).values();
        var means = kept(left).means();
        shelf.put(left);
        assertSame(means, shelf.take(means.length));
        assertNotSame(means, shelf.take(means.length));
        assertSame(values, shelf.take(values.length));
    }

    @Test
    void chartsKeepTheirForecastsWhenTheArraysAreUsedAgain() {
        var sample = new Sample(1);
        var made = forecast(1);
        sample.forecast(made);
        Arrays.fill(made.values(), -1);
        Arrays.fill(made.means(), -1);
        assertArrayEquals(forecast(1).values(), sample.forecasts().get(0).values());
        assertArrayEquals(forecast(1).means(), sample.forecasts().get(0).means());
    }

    private static Forecast kept(Pending made) {
        return Objects.requireNonNull(made.forecast);
    }

    private static Pending pending(Forecast forecast) {
        return new Pending(0, new Pending.SourcedAt(0, 0), false, forecast, new @Nullable Forecast[0]);
    }

    private static Forecast forecast(float value) {
        var values = new float[] {value, value + 1, value + 2, value, value + 1, value + 3};
        var stamp = new Forecast.Stamp("m", false);
        return new Forecast("a", 0, 1, LEVELS, values, stamp, new float[] {value + 1, value + 1.5f}, null);
    }
}
