package dev.gatecast.forecast;

import java.util.List;

/**
 * What moved one forecast away from that of an entity that stands at its level: effects that add up.
 *
 * @param horizon steps ahead, from 1
 * @param forecast the model's median, in the entity's units, before live calibration
 * @param level what it would be if all that the model saw of the last steps were at the level
 * @param drivers effects by what the model saw, the largest first; their sum and {@code rest} are forecast - level
 * @param rest what the sum over finitely many points misses
 */
public record Explanation(int horizon, float forecast, float level, List<Driver> drivers, float rest) {
    /** Keeps its own list. */
    public Explanation {
        drivers = List.copyOf(drivers);
    }

    /**
     * One effect.
     *
     * @param name an input's name, over all the last steps; or some of the recent values that the head sees
     * @param effect by how much it moved the forecast, in the entity's units
     */
    public record Driver(String name, float effect) {}
}
