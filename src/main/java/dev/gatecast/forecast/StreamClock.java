package dev.gatecast.forecast;

/**
 * The newest tick time of one stream (a partition), and the decision which ticks are too far ahead of it: the same for
 * the live topology, the trainer and the backtest. Not thread-safe.
 *
 * <p>One wrong clock must not move time on for everybody, but after a long silence time has moved on for everybody. So
 * a tick too far ahead is refused until {@code patience} of them have come without one in time between them.
 */
public final class StreamClock {
    /** Ticks too far ahead in a row after which the next is taken, where nobody says otherwise. */
    public static final int PATIENCE = 100;

    private final long limit;
    private final int patience;
    private long time = -1;
    private long refused;

    /**
     * A clock before its first tick.
     *
     * @param limit how far ahead of the newest time a tick may be, milliseconds; Long.MAX_VALUE for any
     * @param patience refused ticks in a row after which the next is taken
     */
    public StreamClock(long limit, int patience) {
        this.limit = limit;
        this.patience = patience;
    }

    /** Whether a tick is further ahead of the newest time than the limit. */
    public static boolean ahead(long tickTime, long newest, long limit) {
        return tickTime - newest > limit;
    }

    /** Whether a tick of this time is taken; if so, the clock moves on to it. */
    public boolean admits(long tickTime) {
        if (time >= 0 && ahead(tickTime, time, limit) && refused < patience) {
            refused++;
            return false;
        }
        refused = 0;
        time = Math.max(time, tickTime);
        return true;
    }

    /** Why a tick is not admitted. */
    public String reason(long tickTime) {
        return "a time of at most " + limit + " ms after the newest, " + time + ", was expected, not " + tickTime;
    }

    /** Time of the newest tick taken, milliseconds since the epoch; -1 before the first. */
    public long time() {
        return time;
    }

    /** Ticks refused since the last that was taken. */
    public long refused() {
        return refused;
    }

    /** Goes on from what {@link #time} and {@link #refused} gave. */
    public void restore(long newest, long refusedSince) {
        time = newest;
        refused = refusedSince;
    }
}
