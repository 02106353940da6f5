package dev.gatecast.forecast;

/**
 * The model that governs a tick, and by which activation.
 *
 * @param model the model to use
 * @param sequence the activation's sequence; an entity never goes back to a lower one
 */
public record Governing(Model model, long sequence) {}
