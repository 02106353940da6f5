package dev.gatecast.trainer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What a training is told of times.
 *
 * @param calendar whether the ticks' times are times, not row numbers; they are inputs then and held-out data is cut by
 *     time
 * @param zone name of the time zone of entities whose ticks name none
 * @param holidays which days are holidays
 */
public record Timing(boolean calendar, String zone, Holidays holidays) {
    /** Times, UTC, no holidays. */
    public static final Timing UTC = new Timing(true, "UTC", Holidays.NONE);

    /**
     * Days that are unlike others.
     *
     * @param us whether the federal holidays of the United States are among them
     * @param observed whether the days on which those are observed are
     * @param dates further ones, local dates
     */
    public record Holidays(boolean us, boolean observed, List<LocalDate> dates) {
        public static final Holidays NONE = new Holidays(false, false, List.of());

        /** Copies. */
        public Holidays {
            dates = List.copyOf(dates);
        }
    }

    /** Checks the zone. */
    public Timing {
        if (rules(zone).isEmpty()) {
            throw new IllegalArgumentException(
                    "time zone: a name such as UTC, +02:00 or America/New_York expected, got " + zone);
        }
    }

    /** Row numbers. */
    static Timing of(boolean calendar) {
        return new Timing(calendar, UTC.zone, Holidays.NONE);
    }

    /** The zone of a name, as this Java knows it. */
    static Optional<ZoneId> rules(String zone) {
        try {
            return Optional.of(ZoneId.of(zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
