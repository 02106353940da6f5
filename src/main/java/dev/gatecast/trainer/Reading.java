package dev.gatecast.trainer;

import dev.gatecast.source.History;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import java.util.function.Predicate;

/** Reads a history and says how far it is. */
public final class Reading {
    private static final int EVERY = 1 << 16; // ticks from one report to the next

    private Reading() {}

    /**
     * Reads those ticks of a source that pass the filter, to its end; does not close it.
     *
     * @throws java.util.concurrent.CancellationException if the thread was interrupted; it stays so
     */
    public static History read(
            TickSource source, Predicate<SourcedTick> wanted, History.Limits limits, Progress.Listener listener) {
        var ticks = new long[1];
        var history = History.read(
                source,
                tick -> {
                    if (++ticks[0] % EVERY == 0) {
                        listener.reads(source.progress(), ticks[0]);
                    }
                    return wanted.test(tick);
                },
                limits);
        listener.reads(1, ticks[0]);
        return history;
    }
}
