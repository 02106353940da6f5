package dev.gatecast.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One input of a model, by a name such as {@code value}, {@code lag-24}, {@code difference-1}, {@code mean-7},
 * {@code day-sine-1} or {@code next-week-cosine-2}.
 *
 * @param kind what it is
 * @param number steps back for a lag or difference, steps for a mean, the harmonic for a calendar input, else 0
 * @param next whether a calendar input is of the step after this one
 */
public record Input(Kind kind, int number, boolean next) {
    private static final int MOST_STEPS = 1 << 15;
    private static final int MOST_HARMONICS = 12;
    private static final Pattern NAME = Pattern.compile("(next-)?([a-z]+(?:-[a-z]+)?)(?:-([0-9]{1,5}))?");

    /** The inputs there are. With L the level, S the spread and u the transformed values. */
    public enum Kind {
        /** {@code (u[t] - L) / S}. */
        VALUE,
        /** {@code (u[t-k] - L) / S}. */
        LAG,
        /** {@code (u[t] - u[t-k]) / S}. */
        DIFFERENCE,
        /** {@code (mean(u[t-k+1..t]) - L) / S}. */
        MEAN,
        /** {@code sin(2π n x)}, x the part of the day that is over, UTC. */
        DAY_SINE,
        /** The cosine of the same. */
        DAY_COSINE,
        /** The same of the week, which begins on Monday. */
        WEEK_SINE,
        /** The cosine of the same. */
        WEEK_COSINE,
        /** The same of the year of 365.2425 days since 1970. */
        YEAR_SINE,
        /** The cosine of the same. */
        YEAR_COSINE;

        boolean ofCalendar() {
            return compareTo(DAY_SINE) >= 0;
        }

        boolean sine() {
            return name().endsWith("_SINE");
        }

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Checks the number. */
    public Input {
        int least = kind == Kind.VALUE ? 0 : 1;
        int most = kind == Kind.VALUE ? 0 : kind.ofCalendar() ? MOST_HARMONICS : MOST_STEPS;
        if (number < least || number > most || (next && !kind.ofCalendar())) {
            throw new IllegalArgumentException("input " + kind.text() + ": expected a number from " + least + " to "
                    + most + ", got " + number + (next ? ", and next- only before the calendar" : ""));
        }
    }

    /**
     * The input of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Input of(String name) {
        var parts = NAME.matcher(name);
        if (parts.matches()) {
            int number = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
            for (var kind : Kind.values()) {
                if (kind.text().equals(parts.group(2))) {
                    return new Input(kind, number, parts.group(1) != null);
                }
            }
        }
        throw new IllegalArgumentException("input: expected value, or one of "
                + Arrays.stream(Kind.values())
                        .skip(1)
                        .map(kind -> kind.text() + "-N")
                        .collect(Collectors.joining(", "))
                + ", with next- before the calendar where it is of the next step, got " + name);
    }

    /** Its name. */
    public String name() {
        return (next ? "next-" : "") + kind.text() + (kind == Kind.VALUE ? "" : "-" + number);
    }

    /** How many values it looks at. */
    int reach() {
        return switch (kind) {
            case LAG, DIFFERENCE -> number + 1;
            case MEAN -> number;
            default -> 1;
        };
    }
}
