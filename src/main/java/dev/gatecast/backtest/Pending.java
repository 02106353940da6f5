package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Forecasts made at one tick of one entity, waiting for what came. */
final class Pending {
    /** In place of the time of a step that has not come. */
    static final long NO_TIME = Long.MIN_VALUE;

    final long slot;
    final long madeAt;

    /** Whether the tick belongs to the past that may be trained on. */
    final boolean past;

    /** The model's forecast; null where there is no model. */
    final @Nullable Forecast forecast;

    final double[] actual; // (horizons), NaN until it comes
    final long[] actualTime; // (horizons)

    /** The contenders' forecasts, one after the other. */
    double[] rivals = {}; // (contenders * horizons)

    /** Mean seasonal difference of the entity up to here; 0 where unknown. */
    double scale;

    Pending(long slot, long madeAt, boolean past, @Nullable Forecast forecast, int horizons) {
        this.slot = slot;
        this.madeAt = madeAt;
        this.past = past;
        this.forecast = forecast;
        actual = new double[horizons];
        actualTime = new long[horizons];
        Arrays.fill(actual, Double.NaN);
        Arrays.fill(actualTime, NO_TIME);
    }

    /** Takes a value in; the horizon that it settles, or 0. */
    int settle(long newSlot, long time, double value) {
        var horizon = newSlot - slot;
        if (horizon < 1 || horizon > actual.length || !Double.isNaN(actual[(int) horizon - 1])) {
            return 0;
        }
        actual[(int) horizon - 1] = value;
        actualTime[(int) horizon - 1] = time;
        return (int) horizon;
    }

    /** Whether no later value can settle anything. */
    boolean done(long newestSlot) {
        return newestSlot - slot >= actual.length;
    }

    /** Whether it is judged: there is no model to wait for, or its forecast counts. */
    boolean counts() {
        return forecast == null || !forecast.stamp().warming();
    }
}
