package dev.gatecast.backtest;

/** Is told how far a backtest is. */
@FunctionalInterface
public interface Progress {
    /**
     * Called now and then.
     *
     * @param stage what is being done, in a word
     * @param share of this stage, 0 to 1
     * @param ticks read in this stage
     */
    void at(String stage, double share, long ticks);
}
