package dev.gatecast.trainer;

import dev.gatecast.forecast.Model;

/**
 * A new model and what the gate says of it.
 *
 * @param challenger the new model; its lineage holds the gate's figures
 * @param gate whether it is to be used, and why
 */
public record Challenge(Model challenger, GateResult gate) {}
