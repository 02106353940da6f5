package dev.gatecast.topology;

import dev.gatecast.forecast.StreamClock;
import java.nio.ByteBuffer;

/** The stream clock of a task, with the bytes that the state store keeps of it. */
final class TaskClock {
    private static final int BYTES = 1 + 2 * Long.BYTES;
    private static final byte VERSION = 1;

    private final StreamClock clock;
    private boolean changed;

    /** One that goes on from {@code clock}. */
    TaskClock(StreamClock clock) {
        this.clock = clock;
    }

    /** Whether a tick of this time is taken; if so, the clock moves on to it. */
    boolean admits(long tickTime) {
        long time = clock.time();
        long refused = clock.refused();
        boolean admitted = clock.admits(tickTime);
        changed |= time != clock.time() || refused != clock.refused();
        return admitted;
    }

    /** Why a tick is not admitted. */
    String reason(long tickTime) {
        return clock.reason(tickTime);
    }

    /** Time of the newest tick taken, milliseconds since the epoch; -1 before the first. */
    long time() {
        return clock.time();
    }

    /** Whether it differs from what was last written or read. */
    boolean changed() {
        return changed;
    }

    byte[] write() {
        changed = false;
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(clock.time())
                .putLong(clock.refused())
                .array();
    }

    void read(byte[] bytes) {
        if (bytes.length != BYTES || bytes[0] != VERSION) {
            throw new IllegalStateException("task clock: expected " + BYTES + " bytes of version " + VERSION + ", got "
                    + bytes.length + " of version " + (bytes.length == 0 ? "none" : bytes[0]));
        }
        var in = ByteBuffer.wrap(bytes, 1, BYTES - 1);
        clock.restore(in.getLong(), in.getLong());
        changed = false;
    }
}
