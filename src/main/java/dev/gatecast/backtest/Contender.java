package dev.gatecast.backtest;

/**
 * A forecast from an entity's last values alone, to compare the model with. Belongs to one lane; what it keeps of an
 * entity is an array that belongs to the entity.
 */
interface Contender {
    /** For one that keeps nothing. */
    double[] NOTHING = {};

    /** Its name in tables and files. */
    String name();

    /** How many slots before the one that it forecasts at it looks back. */
    int reach();

    /** What it keeps of a new entity. */
    default double[] memory() {
        return NOTHING;
    }

    /**
     * Takes a value in.
     *
     * @param slot later than all before
     * @param memory what it keeps of the entity. Modified
     * @return what it keeps from now on: the same, or a larger one
     */
    default double[] tick(long slot, double value, double[] memory) {
        return memory;
    }

    /** Whether it forecasts at once; others look the past up when the actual value comes. */
    default boolean atOnce() {
        return false;
    }

    /**
     * Forecasts all horizons from the newest slot; only for one that forecasts at once.
     *
     * @param memory what it keeps of the entity. Not modified
     * @param into the forecast of horizon 1, 2, ... Modified
     */
    default void forecast(Window window, double[] memory, double[] into) {
        throw new IllegalStateException(name() + " does not forecast at once");
    }

    /**
     * The forecast made at a slot; only for one that does not forecast at once.
     *
     * @param window may hold later values by now, which are not looked at
     * @param madeAt a slot with a value
     * @param into the forecast of horizon 1, 2, ... Modified
     */
    default void forecast(Window window, long madeAt, double[] into) {
        throw new IllegalStateException(name() + " forecasts at once");
    }
}
