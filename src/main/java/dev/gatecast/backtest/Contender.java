package dev.gatecast.backtest;

/** A forecast from an entity's last values alone, to compare the model with. Belongs to one thread. */
interface Contender {
    /** Its name in tables and files. */
    String name();

    /** How many slots before the one that it forecasts at it looks back. */
    int reach();

    /** Whether it forecasts at once, into a memory of its own; others look the past up when the actual value comes. */
    default boolean remembers() {
        return false;
    }

    /**
     * Forecasts all horizons from the newest slot; only for one that remembers.
     *
     * @param memory the forecast of horizon 1, 2, ... Modified
     */
    default void remember(Window window, double[] memory) {
        throw new IllegalStateException(name() + " remembers nothing");
    }

    /**
     * The forecast made at a slot.
     *
     * @param window may hold later values by now, which are not looked at
     * @param madeAt a slot with a value
     * @param horizon steps ahead, from 1
     * @param memory what it remembered at that slot; empty for one that does not. Not modified
     */
    double forecast(Window window, long madeAt, int horizon, double[] memory);
}
