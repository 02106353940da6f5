package dev.gatecast.trainer;

/**
 * The newest event time of a stream. Ticks that are further ahead of it than a limit are a bad clock's, as they are live,
 * unless {@value #PATIENCE} of them come in a row: time has moved on then. Not thread-safe.
 */
final class StreamTime {
    private static final int PATIENCE = 100;

    private final long limit;
    private long newest = Long.MIN_VALUE;
    private int ahead;

    /** @param limit milliseconds; Long.MAX_VALUE: no tick is too far ahead */
    StreamTime(long limit) {
        this.limit = limit;
    }

    /** Takes the next tick's time in; false where it is too far ahead. */
    boolean admits(long time) {
        boolean tooFar = newest != Long.MIN_VALUE && limit != Long.MAX_VALUE && time - newest > limit;
        ahead = tooFar ? ahead + 1 : 0;
        if (tooFar && ahead <= PATIENCE) {
            return false;
        }
        newest = Math.max(newest, time);
        return true;
    }

    /** Milliseconds since the epoch; Long.MIN_VALUE before the first tick. */
    long newest() {
        return newest;
    }
}
