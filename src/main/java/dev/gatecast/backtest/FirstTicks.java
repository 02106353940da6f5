package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import org.jspecify.annotations.Nullable;

/**
 * Judges what the model forecasts at the first ticks of new entities, warming or not, beside the last value. A forecast is
 * kept for it until its values have come, so only the first entities to appear are judged, however many there are. One a
 * lane; the sums of each entity belong to its track.
 */
final class FirstTicks {
    /** Forecasts are made from the second of them on. */
    static final int TICKS = 48;

    /** So many of the new entities. */
    static final int ENTITIES = 1000;

    private final int horizons;
    private final double[] came; // 1 where a value has come, else 0, (horizons)
    private final double[] actual; // the values, else 0, (horizons)
    private @Nullable QuantileErrors quantiles; // null before the first forecast

    FirstTicks(int horizons) {
        this.horizons = horizons;
        came = new double[horizons];
        actual = new double[horizons];
    }

    /** Whether what is forecast at the track's newest tick is judged here. */
    static boolean include(Track track) {
        return track.ticks <= TICKS && track.ticks > 1 && track.newcomer >= 0 && track.newcomer < ENTITIES;
    }

    /** Judges a forecast; nothing happens where none of its values has come. {@code track} Modified. */
    void judge(Track track, long slot, Forecast forecast) {
        if (!gather(track.window, slot)) {
            return;
        }
        var levels = forecast.levels();
        if (quantiles == null) {
            quantiles = new QuantileErrors(levels, horizons);
        }
        quantiles.add(came, actual, forecast.values());
        var errors = track.firsts == null ? new FirstErrors(horizons) : track.firsts;
        track.firsts = errors;
        errors.count();
        var last = track.window.get(slot);
        var median = QuantileErrors.median(levels);
        for (var h = 1; h <= horizons; h++) {
            if (came[h - 1] > 0) {
                var value = actual[h - 1];
                errors.add(h, Math.abs(value - forecast.quantile(h, median)), Math.abs(value - last));
            }
        }
    }

    private boolean gather(Window window, long slot) {
        var any = false;
        for (var h = 0; h < horizons; h++) {
            var value = window.actual(slot + 1 + h);
            var there = !Double.isNaN(value);
            came[h] = there ? 1 : 0;
            actual[h] = there ? value : 0;
            any |= there;
        }
        return any;
    }

    void merge(FirstTicks other) {
        if (quantiles == null) {
            quantiles = other.quantiles;
        } else if (other.quantiles != null) {
            quantiles.merge(other.quantiles);
        }
    }

    /** How the quantiles held; null where nothing was judged. */
    @Nullable QuantileErrors quantiles() {
        return quantiles;
    }
}
