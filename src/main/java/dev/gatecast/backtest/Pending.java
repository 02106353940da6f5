package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import org.jspecify.annotations.Nullable;

/** Forecasts made at one tick of one entity, waiting for what comes. The values that come are in the track's window. */
final class Pending {
    final long slot;
    final long madeAt;

    /** Number of the tick's row among the entity's. */
    final long row;

    /** Whether the tick belongs to the past that may be trained on. */
    final boolean past;

    /** The model's forecast; null where there is no model. */
    final @Nullable Forecast forecast;

    /** The rival models' forecasts, (rivals); null where one has none. */
    final @Nullable Forecast[] rivals;

    /** What the contenders that forecast at once have said, (contenders, horizons); null until somebody wants it. */
    float @Nullable [][] memories;

    /** Sums over the horizons that have met their values, laid out by {@link Sums}; null until the first one. */
    double @Nullable [] sums;

    /** Where its errors by horizon go; null until the first one. */
    TimeBuckets.@Nullable Bucket byHorizon;

    /** Mean seasonal difference of the entity up to here; 0 where unknown. */
    double scale;

    Pending(long slot, SourcedAt at, boolean past, @Nullable Forecast forecast, @Nullable Forecast[] rivals) {
        this.slot = slot;
        this.madeAt = at.time;
        this.row = at.row;
        this.past = past;
        this.forecast = forecast;
        this.rivals = rivals;
    }

    /**
     * A tick's time and row.
     *
     * @param time milliseconds since the epoch, or a row number
     * @param row number of its row among the entity's
     */
    record SourcedAt(long time, long row) {}

    /** Whether it is judged: there is no model to wait for, or all models' forecasts count. */
    boolean counts() {
        if (forecast != null && forecast.stamp().warming()) {
            return false;
        }
        for (var rival : rivals) {
            if (rival == null || rival.stamp().warming()) {
                return false;
            }
        }
        return true;
    }
}
