package dev.gatecast.backtest;

import dev.gatecast.forecast.Model;
import dev.gatecast.source.History;
import java.util.Optional;

/** Trains a model again. */
@FunctionalInterface
public interface Refit {
    /**
     * The model that this past gives.
     *
     * @param past all ticks before the time; grows after the call
     * @param champion the model in use
     * @param from the time, milliseconds since the epoch or a row number
     * @return used from the time on if it passed or there is no champion; empty where none could be trained
     */
    Optional<Trained> fit(History past, Optional<Model> champion, long from);
}
