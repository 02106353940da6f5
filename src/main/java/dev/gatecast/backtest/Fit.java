package dev.gatecast.backtest;

import dev.gatecast.source.History;

/** Trains a model. */
@FunctionalInterface
public interface Fit {
    /** What this past gives; called at most once. */
    Trained fit(History past);
}
