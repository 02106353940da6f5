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

        /** Called now and then, and at the end of each network. */
        void at(Progress progress);
    }

    /** Share of all iterations that are done, 0 to 1. */
    public double share() {
        return iterations == 0 ? 1 : (network - 1 + (double) iteration / iterations) / networks;
    }
}
