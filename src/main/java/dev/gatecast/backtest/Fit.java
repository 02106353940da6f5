package dev.gatecast.backtest;

import dev.gatecast.forecast.Model;
import dev.gatecast.source.History;

/** Trains a model. */
@FunctionalInterface
public interface Fit {
    /** The model that this past gives; called at most once. */
    Model fit(History past);
}
