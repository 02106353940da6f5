package dev.gatecast.app;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How fast event time goes in a replay.
 *
 * @param perSecond event time in a second of the clock, milliseconds; 0: as fast as it can
 */
record Pace(long perSecond) {
    /**
     * Reads it.
     *
     * @param text event time per second as an ISO-8601 duration ({@code P1D}), or {@code max}
     */
    static Pace parse(String text) {
        try {
            var perSecond = text.equals("max") ? 0 : Duration.parse(text).toMillis();
            if (perSecond > 0 || text.equals("max")) {
                return new Pace(perSecond);
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static UserError wrong(String text) {
        return new UserError("--speed=" + text
                + ": expected the event time that passes in a second, such as P1D or PT6H," + " or max");
    }

    /** In words. */
    String text() {
        return perSecond == 0 ? "as fast as it can" : Duration.ofMillis(perSecond) + " a second";
    }

    /** Nanoseconds of the clock that an amount of event time takes. */
    long nanos(long eventMillis) {
        return perSecond == 0 ? 0 : (long) ((double) eventMillis / perSecond * TimeUnit.SECONDS.toNanos(1));
    }
}
