package dev.gatecast.topology;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an entity at one moment. Includes what has not been committed yet.
 *
 * @param entity its name
 * @param lastTime time of the last tick that advanced it, milliseconds since the epoch; Long.MIN_VALUE before the first
 * @param rows ticks that advanced it
 * @param recentValues its last values, oldest first; not to be modified
 * @param forecast the latest forecast; null without a model
 * @param alert the latest change of an alert that this process has emitted; null where there is none
 */
@SuppressWarnings("ArrayRecordComponent")
public record EntityView(
        String entity,
        long lastTime,
        long rows,
        float[] recentValues,
        @Nullable Forecast forecast,
        @Nullable Alert alert) {

    /** Id of the model of the latest forecast, empty without one. */
    public String model() {
        return forecast == null ? "" : forecast.stamp().model();
    }
}
