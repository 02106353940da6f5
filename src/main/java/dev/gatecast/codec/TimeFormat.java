package dev.gatecast.codec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** How a time is written. All give milliseconds since the epoch, but {@link #NUMBER} gives the number as it stands. */
public enum TimeFormat {
    /** ISO-8601 with or without a zone ({@code T} or a space between date and time), or a date alone. UTC without. */
    ISO,
    /** Seconds since the epoch, with or without decimals. */
    SECONDS,
    /** Milliseconds since the epoch. */
    MILLIS,
    /** Microseconds since the epoch; what is below a millisecond is cut off. */
    MICROS,
    /** Nanoseconds since the epoch; what is below a millisecond is cut off. */
    NANOS,
    /** A whole number that counts steps. */
    NUMBER;

    /**
     * Reads a time.
     *
     * @throws DateTimeException if the text is not a time in this format; the message says so
     */
    public long parse(String text) {
        try {
            return switch (this) {
                case ISO -> iso(text);
                case SECONDS -> seconds(text);
                case MILLIS, NUMBER -> Long.parseLong(text);
                case MICROS -> Math.floorDiv(Long.parseLong(text), 1_000L);
                case NANOS -> Math.floorDiv(Long.parseLong(text), 1_000_000L);
            };
        } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
            throw new DateTimeException("'" + text + "' is not a time in the format " + this + expected(), e);
        }
    }

    /** Whether a text that can be read names no offset, so that it is taken as UTC. */
    public boolean isWithoutOffset(String text) {
        return this == ISO && !zoned(text);
    }

    private String expected() {
        return switch (this) {
            case ISO -> " (2001-03-05T14:00:00Z, 2001-03-05 14:00:00, 2001-03-05)";
            case SECONDS -> " (983800800 or 983800800.25)";
            case MILLIS, MICROS, NANOS, NUMBER -> " (a whole number)";
        };
    }

    private static long seconds(String text) {
        if (text.indexOf('.') < 0) {
            return Math.multiplyExact(Long.parseLong(text), 1000L);
        }
        return new BigDecimal(text)
                .movePointRight(3)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    private static long iso(String text) {
        var length = text.length();
        if (length < 10) {
            throw new DateTimeException("too short");
        }
        var bare = length == 19 || (length == 20 && text.charAt(19) == 'Z');
        if (bare && (text.charAt(10) == 'T' || text.charAt(10) == ' ')) {
            return plain(text);
        }
        if (length == 10) {
            return LocalDate.parse(text).toEpochDay() * 86_400_000L;
        }
        var standard = text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        return zoned(standard)
                ? OffsetDateTime.parse(standard).toInstant().toEpochMilli()
                : LocalDateTime.parse(standard).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static boolean zoned(String text) {
        return text.endsWith("Z") || text.indexOf('+', 10) > 0 || text.indexOf('-', 10) > 0;
    }

    /** {@code yyyy-MM-ddTHH:mm:ss} in UTC, by far the most frequent, without the general parser. */
    private static long plain(String text) {
        if (text.charAt(4) != '-' || text.charAt(7) != '-' || text.charAt(13) != ':' || text.charAt(16) != ':') {
            throw new DateTimeException("separators expected as in 2001-03-05T14:00:00");
        }
        var day = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
        var hour = digits(text, 11, 13);
        var minute = digits(text, 14, 16);
        var second = digits(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            throw new DateTimeException("time of day out of range");
        }
        return (day.toEpochDay() * 86_400L + hour * 3_600L + minute * 60L + second) * 1000L;
    }

    private static int digits(String text, int from, int to) {
        var value = 0;
        for (var i = from; i < to; i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("a digit expected");
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
