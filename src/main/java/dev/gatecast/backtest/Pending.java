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
    @Nullable Forecast forecast;

    /** The rival models' forecasts, (rivals); null where one has none. */
    final @Nullable Forecast[] rivals;

    /** Whether it is judged among the first of a new entity. */
    boolean first;

    /** Whether the next tick has come, and with it the time to say what follows. */
    boolean finished;

    /**
     * What the contenders that forecast at once have said less the tick's value, (those contenders * horizons), where it is
     * judged: floats hold a movement on a high level that way.
     */
    float[] atOnce = {};

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
