package dev.gatecast.server;

import dev.gatecast.event.Forecast;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An entity's forecasts at one horizon that wait for their value. Not thread-safe.
 *
 * <p>A ring of {@code horizon} places: the forecast made at a row waits at that row's place, and the row that it speaks
 * of finds it there.
 */
final class Pending {
    private static final int MEDIAN = 0;
    private static final int LOWER = 1;
    private static final int UPPER = 2;
    private static final int LAST = 3;
    private static final long NONE = Long.MIN_VALUE;

    private final int horizon;
    private final long[] times;
    private final float[] values; // (horizon, 4)

    Pending(int horizon) {
        this.horizon = horizon;
        this.times = new long[horizon];
        this.values = new float[4 * horizon];
        Arrays.fill(times, NONE);
    }

    /** A forecast for one target time; {@code last}: the value when it was made. */
    record Due(float median, float lower, float upper, float last) {}

    /** Takes out the forecast for this tick, or null. {@code row} counts the entity's ticks. */
    @Nullable Due take(long row, long time) {
        int place = (int) (row % horizon);
        long waited = times[place];
        times[place] = NONE;
        if (waited == NONE || (waited >= 0 && waited != time)) {
            return null;
        }
        int at = 4 * place;
        return new Due(values[at + MEDIAN], values[at + LOWER], values[at + UPPER], values[at + LAST]);
    }

    /** Remembers what a forecast made at this row says of the horizon. */
    void put(long row, Forecast forecast, Bands bands, float last) {
        if (forecast.horizons() < horizon || forecast.stamp().warming()) {
            return;
        }
        int place = (int) (row % horizon);
        times[place] = forecast.targetTime(horizon);
        int at = 4 * place;
        values[at + MEDIAN] = forecast.quantile(horizon, bands.median());
        values[at + LOWER] = forecast.quantile(horizon, bands.lower());
        values[at + UPPER] = forecast.quantile(horizon, bands.upper());
        values[at + LAST] = last;
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
