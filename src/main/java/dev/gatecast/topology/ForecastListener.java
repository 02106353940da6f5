package dev.gatecast.topology;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Activation;
import org.jspecify.annotations.Nullable;

/**
 * Sees what the topology does as it does it, on its threads: be quick and do not throw. It comes before the commit, so
 * after a failure the same things are seen again.
 */
public interface ForecastListener {
    /** Sees nothing. */
    ForecastListener NONE = new ForecastListener() {};

    /**
     * A tick has advanced its entity.
     *
     * @param forecast the forecast made at it, or null
     * @param alert the change of an alert at it, or null
     * @param nanos time it took, nanoseconds
     */
    default void advanced(Tick tick, @Nullable Forecast forecast, @Nullable Alert alert, long nanos) {}

    /** A record did not advance an entity. */
    default void rejected(Rejection reason) {}

    /** A task has read an activation; every task does. */
    default void activated(Activation activation) {}
}
