package dev.gatecast.topology;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts ticks and changes sides whenever a turn's ticks are full; notes when. Thread-safe.
 *
 * <p>Both sides commit after the same number of ticks, so that they write as many states; with more entities than that,
 * every tick's state. By the clock the faster side would commit less often and write a state that changed twice only once.
 */
final class BenchTurns {
    /** As many as 20,000 ticks a second and the usual commit interval of 200 ms make. */
    static final int TICKS_PER_COMMIT = 4_000;

    private final long ticksPerTurn;
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLongArray begins; // nanoseconds, of each turn and of what comes after the last
    private volatile int done;

    BenchTurns(long ticksPerTurn, int turns) {
        this.ticksPerTurn = ticksPerTurn;
        this.begins = new AtomicLongArray(turns + 1);
    }

    /** Takes a tick in; returns its number. */
    long next() {
        long tick = ticks.getAndIncrement();
        if (tick % ticksPerTurn == 0 && tick / ticksPerTurn < begins.length()) {
            begins.set((int) (tick / ticksPerTurn), System.nanoTime());
            done = (int) (tick / ticksPerTurn);
        }
        return tick;
    }

    /** Whether a tick is to be forecast: true in every second turn, the first one among them. */
    boolean forecasts(long tick) {
        return tick / ticksPerTurn % 2 == 0;
    }

    /** Whether a commit follows a tick. */
    static boolean commits(long tick) {
        return tick % TICKS_PER_COMMIT == TICKS_PER_COMMIT - 1;
    }

    /** Turns that are over. */
    int done() {
        return done;
    }

    /** Ticks per second in a turn that is over. */
    double throughput(int turn) {
        return ticksPerTurn * 1e9 / (begins.get(turn + 1) - begins.get(turn));
    }
}
