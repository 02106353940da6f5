package dev.gatecast.trainer;

import dev.gatecast.forecast.Model;
import java.util.Map;

/**
 * A new model and what the gate says of it.
 *
 * @param challenger the new model; its lineage holds the gate's figures
 * @param gate whether it is to be used, and why
 * @param chosen the settings that tuning has chosen, by their keys; none where nothing was searched for
 */
public record Challenge(Model challenger, GateResult gate, Map<String, String> chosen) {
    /** Copies. */
    public Challenge {
        chosen = Map.copyOf(chosen);
    }
}
