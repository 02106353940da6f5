package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import dev.gatecast.feature.Context;
import dev.gatecast.feature.Days;
import dev.gatecast.feature.Zone;
import dev.gatecast.support.Models;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shop in New York under a model that knows nothing: what the seasonal experts say is what it is served. */
class MixtureClocksTest {
    private static final Traits NEW_YORK = new Traits("America/New_York", "");
    private static final long FORWARD = Instant.parse("2001-04-01T07:00:00Z").toEpochMilli();
    private static final long BACK = Instant.parse("2001-10-28T06:00:00Z").toEpochMilli();
    private static final Zone CLOCKS = new Zone(
            NEW_YORK.zone(),
            List.of(FORWARD, BACK),
            List.of(-5 * (int) Models.HOUR, -4 * (int) Models.HOUR, -5 * (int) Models.HOUR));
    private static final Days DAYS = new Days(List.of(Zone.UTC, CLOCKS), false, Days.Holidays.NONE);
    private static final int BEFORE = 400; // rows until the change
    private static final int HORIZONS = 6;

    private static double sales(long time) {
        long local = time + (time >= FORWARD && time < BACK ? -4 : -5) * Models.HOUR;
        long hour = Math.floorMod(local / Models.HOUR, 24L);
        return hour >= 4 && hour < 17 ? 100 : 10;
    }

    /** Goes on for four days after the change; gives the errors of the medians by row made at and by horizon. */
    private static double[][] errors(Days days, Traits traits, long change, boolean checksLosses) {
        var model = Models.withContext(1, new Context(days, List.of()));
        var governing = new Governing(model, 1);
        var forecaster = new Forecaster(Models.settings(true));
        var state = forecaster.newState();
        int median = model.recipe().level(0.5);
        var errors = new double[BEFORE + 96][HORIZONS];
        float[] losses = {};
        for (int row = 0; row < errors.length; row++) {
            long time = change + (row - BEFORE) * Models.HOUR;
            var tick = new Tick("shop", time, new double[] {sales(time)}, traits);
            var forecast = Objects.requireNonNull(
                    forecaster.advance(state, tick, governing).forecast());
            for (int h = 1; h <= HORIZONS; h++) {
                errors[row][h - 1] = Math.abs(sales(time + h * Models.HOUR) - forecast.quantile(h, median));
            }
            if (checksLosses && row > BEFORE + HORIZONS) {
                for (int g = 0; g < state.mixture.reaches.length; g++) {
                    int dayBefore = g * Mixture.EXPERTS + 1;
                    assertTrue(state.mixture.losses[dayBefore] <= losses[dayBefore], "judged by another than it said");
                }
            }
            losses = state.mixture.losses.clone();
        }
        return errors;
    }

    private static double mean(double[][] errors, int from, int to) {
        double sum = 0;
        for (int row = from; row < to; row++) {
            for (double error : errors[row]) {
                sum += error / HORIZONS;
            }
        }
        return sum / (to - from);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theValueADayBeforeIsThatOfTheSameLocalTime(boolean forward) {
        long change = forward ? FORWARD : BACK;
        var errors = errors(DAYS.align(), NEW_YORK, change, true);
        assertEquals(0, mean(errors, BEFORE - 48, BEFORE - HORIZONS), 1e-3);
        assertEquals(0, mean(errors, BEFORE - HORIZONS, BEFORE), 1e-3, "before the change of what comes after it");
        assertEquals(0, mean(errors, BEFORE, BEFORE + 96), 1e-3);
    }

    @Test
    void withoutZonesThatMoveValuesNothingIsDifferent() {
        var still = errors(DAYS, NEW_YORK, FORWARD, false);
        assertTrue(mean(still, BEFORE, BEFORE + 24) > 2, "a model that was trained before lags went by local time");
        var utc = errors(DAYS.align(), Traits.NONE, FORWARD, false);
        assertTrue(mean(utc, BEFORE, BEFORE + 24) > 2, "of no zone that changes");
    }
}
