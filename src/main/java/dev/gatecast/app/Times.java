package dev.gatecast.app;

import dev.gatecast.codec.TimeFormat;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Times as users write them; what has no offset is taken as UTC. */
final class Times {
    private Times() {}

    /**
     * Reads a time.
     *
     * @param text an ISO-8601 time or date, or whole milliseconds since the epoch
     * @return milliseconds since the epoch
     * @throws DateTimeException when it is none of these
     */
    static long parse(String text) {
        return (text.matches("-?\\d+") ? TimeFormat.MILLIS : TimeFormat.ISO).parse(text);
    }

    /** The same, of an option; what is no time is the user's error. */
    static long option(String name, String text) {
        try {
            return parse(text);
        } catch (DateTimeException e) {
            throw new UserError(name + ": " + e.getMessage());
        }
    }

    /**
     * A positive stretch of time.
     *
     * @param name of the option
     * @param text an ISO-8601 duration; a whole number where times are numbers
     * @param calendar false where times are numbers
     */
    static long period(String name, String text, boolean calendar) {
        try {
            long period = calendar ? Duration.parse(text).toMillis() : Long.parseLong(text);
            if (period > 0) {
                return period;
            }
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            throw new UserError(name + ": '" + text + "' is no " + expected(calendar));
        }
        throw new UserError(name + ": '" + text + "' is no " + expected(calendar) + " above 0");
    }

    private static String expected(boolean calendar) {
        return calendar ? "duration such as PT168H or P7D" : "number of rows";
    }

    /** A time for people; a number where times are numbers. */
    static String text(long time, boolean calendar) {
        return calendar ? Instant.ofEpochMilli(time).toString() : Long.toString(time);
    }
}
