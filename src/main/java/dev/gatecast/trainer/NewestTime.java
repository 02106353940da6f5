package dev.gatecast.trainer;

import dev.gatecast.source.History;
import dev.gatecast.source.TickSource;

/**
 * The newest event time of a stream, but for single ticks of bad clocks: those that are further ahead than a limit, both
 * of their entity's last tick and of everybody else.
 */
final class NewestTime {
    private final long limit;
    private long newest = Long.MIN_VALUE;

    /** @param limit milliseconds; Long.MAX_VALUE: no tick is too far ahead */
    NewestTime(History history, long limit) {
        this.limit = limit;
        for (var series : history.series()) {
            int last = series.size() - 1;
            boolean jumped = last > 0 && ahead(series.time(last), series.time(last - 1));
            newest = Math.max(newest, series.time(jumped ? last - 1 : last));
        }
        for (var series : history.series()) {
            take(series.time(series.size() - 1));
        }
    }

    /** Goes on with what came later, to its end. */
    void follow(TickSource source) {
        for (var tick = source.next(); tick != null; tick = source.next()) {
            take(tick.tick().time());
        }
    }

    /** Milliseconds since the epoch. */
    long millis() {
        return newest;
    }

    private void take(long time) {
        if (time > newest && !ahead(time, newest)) {
            newest = time;
        }
    }

    private boolean ahead(long time, long of) {
        return limit != Long.MAX_VALUE && time - of > limit;
    }
}
