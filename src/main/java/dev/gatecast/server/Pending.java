package dev.gatecast.server;

import dev.gatecast.event.Forecast;
import org.jspecify.annotations.Nullable;

/** An entity's forecasts at one horizon that wait for their value. Not thread-safe. */
final class Pending {
    private final int horizon;
    private final @Nullable Due[] slots;

    Pending(int horizon) {
        this.horizon = horizon;
        this.slots = new Due[horizon];
    }

    /** A forecast for one target time; {@code last}: the value when it was made; time -1: the horizon-th tick after. */
    record Due(long time, float median, float lower, float upper, float last) {}

    /** Takes out the forecast for this tick, or null. {@code row} counts the entity's ticks. */
    @Nullable Due take(long row, long time) {
        int slot = (int) (row % horizon);
        var due = slots[slot];
        slots[slot] = null;
        return due != null && (due.time < 0 || due.time == time) ? due : null;
    }

    /** Remembers what a forecast made at this tick says of the horizon. */
    void put(long row, Forecast forecast, Bands bands, float last) {
        if (forecast.horizons() < horizon || forecast.stamp().warming()) {
            return;
        }
        slots[(int) (row % horizon)] = new Due(
                forecast.targetTime(horizon),
                forecast.quantile(horizon, bands.median()),
                forecast.quantile(horizon, bands.lower()),
                forecast.quantile(horizon, bands.upper()),
                last);
    }

    /** Indices of the median and of the 90 % band among a forecast's levels. */
    record Bands(int lower, int median, int upper) {
        static Bands of(float[] levels) {
            return new Bands(nearest(levels, 0.05f), nearest(levels, 0.5f), nearest(levels, 0.95f));
        }

        private static int nearest(float[] levels, float probability) {
            int best = 0;
            for (int i = 1; i < levels.length; i++) {
                if (Math.abs(levels[i] - probability) < Math.abs(levels[best] - probability)) {
                    best = i;
                }
            }
            return best;
        }
    }
}
