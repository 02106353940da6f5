package dev.gatecast.topology;

import java.nio.ByteBuffer;

/**
 * The newest tick time of a task, and the decision which ticks are too far ahead of it.
 *
 * <p>One wrong clock must not move time on for everybody, but after a long silence time has moved on for everybody. So
 * a tick too far ahead is refused until {@code patience} of them have come without one in time between them.
 */
final class TaskClock {
    private static final int BYTES = 1 + 2 * Long.BYTES;
    private static final byte VERSION = 1;

    private final long limit;
    private final int patience;
    private long time = -1;
    private long refused;
    private boolean changed;

    /**
     * @param limit how far ahead of the newest time a tick may be, milliseconds; Long.MAX_VALUE for any
     * @param patience refused ticks in a row after which the next is taken
     */
    TaskClock(long limit, int patience) {
        this.limit = limit;
        this.patience = patience;
    }

    static boolean ahead(long tickTime, long newest, long limit) {
        return tickTime - newest > limit;
    }

    /** Whether a tick of this time is taken; if so, the clock moves on to it. */
    boolean admits(long tickTime) {
        if (time >= 0 && ahead(tickTime, time, limit) && refused < patience) {
            refused++;
            changed = true;
            return false;
        }
        if (refused != 0 || tickTime > time) {
            refused = 0;
            time = Math.max(time, tickTime);
            changed = true;
        }
        return true;
    }

    /** Time of the newest tick taken, milliseconds since the epoch; -1 before the first. */
    long time() {
        return time;
    }

    /** Whether it differs from what was last written or read. */
    boolean changed() {
        return changed;
    }

    byte[] write() {
        changed = false;
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(time)
                .putLong(refused)
                .array();
    }

    void read(byte[] bytes) {
        if (bytes.length != BYTES || bytes[0] != VERSION) {
            throw new IllegalStateException("task clock: expected " + BYTES + " bytes of version " + VERSION + ", got "
                    + bytes.length + " of version " + (bytes.length == 0 ? "none" : bytes[0]));
        }
        var in = ByteBuffer.wrap(bytes, 1, BYTES - 1);
        time = in.getLong();
        refused = in.getLong();
        changed = false;
    }
}
