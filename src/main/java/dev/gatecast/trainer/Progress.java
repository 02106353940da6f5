package dev.gatecast.trainer;

/**
 * How far a training is.
 *
 * @param network the network being trained, from 1
 * @param networks how many there will be
 * @param iteration iterations done
 * @param iterations iterations to do
 * @param loss mean training loss since the last report; NaN before the first iteration
 * @param selection loss on the rows that select, the best so far
 */
public record Progress(int network, int networks, int iteration, int iterations, double loss, double selection) {
    /** Is told about it; runs in the thread that trains. */
    @FunctionalInterface
    public interface Listener {
        /** Told nothing. */
        Listener SILENT = progress -> {};

        /** Called before every iteration; an exception out of it ends the training. */
        default void before() {}

        /** Called now and then, and at the end of each network. */
        void at(Progress progress);

        /**
         * Ticks are read.
         *
         * @param share of all that is read, 0 to 1
         * @param ticks so far
         */
        default void reads(double share, long ticks) {}

        /**
         * Sizes, rate and window are searched for.
         *
         * @param share of the time that is over, 0 to 1
         * @param trial the training that ends, in words
         */
        default void tries(double share, String trial) {}

        /**
         * A training begins.
         *
         * @param ticks that each iteration goes through
         */
        default void begins(int ticks) {}
    }

    /** Share of all iterations that are done, 0 to 1. */
    public double share() {
        return iterations == 0 ? 1 : (network - 1 + (double) iteration / iterations) / networks;
    }
}
