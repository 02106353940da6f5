package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import org.jspecify.annotations.Nullable;

/** A forecast made at one tick of one entity, waiting for what comes. The values that come are in the track's window. */
final class Pending {
    final long slot;
    final long madeAt;

    /** Whether the tick belongs to the past that may be trained on. */
    final boolean past;

    /** The model's forecast; null where there is no model. */
    final @Nullable Forecast forecast;

    /** What the contenders that remember have remembered, one after the other; null until somebody wants it. */
    double @Nullable [][] memories;

    /** Mean seasonal difference of the entity up to here; 0 where unknown. */
    double scale;

    Pending(long slot, long madeAt, boolean past, @Nullable Forecast forecast) {
        this.slot = slot;
        this.madeAt = madeAt;
        this.past = past;
        this.forecast = forecast;
    }

    /** Whether it is judged: there is no model to wait for, or its forecast counts. */
    boolean counts() {
        return forecast == null || !forecast.stamp().warming();
    }
}
