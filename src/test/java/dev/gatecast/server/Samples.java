package dev.gatecast.server;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;

/** Ticks, forecasts and alerts to test with. */
final class Samples {
    static final long HOUR = 3_600_000L;
    static final String MODEL = "a94d03be".repeat(8);
    private static final float[] LEVELS = {.05f, .5f, .95f};

    private Samples() {}

    static Tick tick(String entity, long hour, double value) {
        return new Tick(entity, hour * HOUR, new double[] {value});
    }

    /** Expects {@code median} at each of 24 hours, give or take ten. */
    static Forecast forecast(String entity, long hour, float median) {
        var values = new float[24 * LEVELS.length];
        for (int h = 0; h < 24; h++) {
            values[3 * h] = median - 10;
            values[3 * h + 1] = median;
            values[3 * h + 2] = median + 10;
        }
        return new Forecast(entity, hour * HOUR, HOUR, LEVELS, values, new Forecast.Stamp(MODEL, false));
    }

    static Alert alert(String entity, long hour, Alert.Phase phase) {
        return new Alert(
                entity,
                hour * HOUR,
                phase,
                new Alert.Episode(hour * HOUR, 1, 2.5, MODEL),
                new Alert.Surprise(2.5, 0.82, Alert.Channel.POINT),
                new Alert.Evidence(100, 360.4, 340, 380, Double.NaN, 200));
    }
}
