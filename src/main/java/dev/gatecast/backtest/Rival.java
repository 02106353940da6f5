package dev.gatecast.backtest;

import dev.gatecast.forecast.Model;

/**
 * A model that is judged beside the one in use.
 *
 * @param name in tables
 * @param model the model
 */
public record Rival(String name, Model model) {}
