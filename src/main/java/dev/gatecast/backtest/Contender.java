package dev.gatecast.backtest;

/** A forecast from an entity's last values alone, to compare the model with. Stateless or belonging to one thread. */
interface Contender {
    /** Its name in tables and files. */
    String name();

    /** How many slots back it looks. */
    int reach();

    /**
     * Forecasts from the newest slot of a window.
     *
     * @param into the forecast of horizon 1, 2, ... Modified
     */
    void forecast(Window window, double[] into);
}
