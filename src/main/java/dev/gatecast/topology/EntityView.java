package dev.gatecast.topology;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.forecast.Recent;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an entity at one moment. Includes what has not been committed yet.
 *
 * @param entity its name
 * @param rows ticks that advanced it
 * @param recent the last of them
 * @param forecast the latest forecast; null without a model
 * @param alert the latest change of an alert that this process has emitted; null where there is none
 */
public record EntityView(String entity, long rows, Recent recent, @Nullable Forecast forecast, @Nullable Alert alert) {

    /** Time of the last tick that advanced it, milliseconds since the epoch; Long.MIN_VALUE before the first. */
    public long lastTime() {
        return recent.lastTime();
    }

    /** Its last values, oldest first; not to be modified. */
    public float[] recentValues() {
        return recent.values();
    }

    /** Id of the model of the latest forecast, empty without one. */
    public String model() {
        return forecast == null ? "" : forecast.stamp().model();
    }
}
