package dev.gatecast.app;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as users write them; what has no offset is taken as UTC. */
final class Times {
    private Times() {}

    /**
     * Reads a time.
     *
     * @param text an ISO-8601 instant, local date and time or date, or whole milliseconds since the epoch
     * @return milliseconds since the epoch
     * @throws DateTimeException when it is none of these
     */
    static long parse(String text) {
        if (text.matches("-?\\d{5,18}")) {
            return Long.parseLong(text);
        }
        if (!text.contains("T")) {
            return LocalDate.parse(text)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .toEpochMilli();
        }
        if (text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")) {
            return Instant.parse(text).toEpochMilli();
        }
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
