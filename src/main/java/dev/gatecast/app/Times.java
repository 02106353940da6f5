package dev.gatecast.app;

import dev.gatecast.codec.TimeFormat;
import java.time.DateTimeException;

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
}
