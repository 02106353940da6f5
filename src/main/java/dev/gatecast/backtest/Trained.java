package dev.gatecast.backtest;

import dev.gatecast.forecast.Model;

/**
 * A model that was trained for a backtest.
 *
 * @param model the model
 * @param passed whether the trainer's gate would use it
 * @param finding what the gate found, in a sentence
 */
public record Trained(Model model, boolean passed, String finding) {}
