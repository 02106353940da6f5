package dev.gatecast.forecast;

import dev.gatecast.event.Alert;
import java.util.List;

/**
 * What moved the forecast that a tick is compared with: {@link Explainer}, for the moment at which an alert opens. Follows
 * from the entity's state and the model alone, so a replay names the same drivers to the bit.
 */
final class Drivers {
    private Drivers() {}

    /**
     * The largest effects on the forecast made one step before, of one step ahead.
     *
     * @param state with the tick's value as the newest of its ring, and all else as it was before the tick. Not modified.
     * @param kernel of the model that made the forecast
     * @param most how many
     * @return empty where there was no forecast that counts
     */
    static List<Alert.Driver> of(EntityState state, Kernel kernel, int most) {
        if (most == 0
                || !(state.expectation.scale > 0)
                || state.ring.size() <= kernel.explainer().least()) {
            return List.of();
        }
        var before = state.recentBefore();
        return kernel.explainer().explain(before, 1).drivers().stream()
                .filter(driver -> Float.isFinite(driver.effect()) && driver.effect() != 0)
                .limit(most)
                .map(driver -> new Alert.Driver(driver.name(), driver.effect()))
                .toList();
    }
}
