package dev.gatecast.trainer;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The federal holidays of the United States (5 U.S.C. 6103) on their own days, or on those on which they are observed. */
final class UsHolidays {
    private static final int JUNETEENTH_SINCE = 2021;

    private UsHolidays() {}

    /** Those of some years, both included, in their order. */
    static List<LocalDate> of(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .boxed()
                .flatMap(UsHolidays::of)
                .sorted()
                .toList();
    }

    /** The days of some years on which they are observed: of one on a Saturday the day before, on a Sunday the day after. */
    static List<LocalDate> observed(int from, int to) {
        return of(from, to + 1).stream()
                .map(UsHolidays::observed)
                .filter(date -> date.getYear() >= from && date.getYear() <= to)
                .toList();
    }

    private static LocalDate observed(LocalDate date) {
        return switch (date.getDayOfWeek()) {
            case SATURDAY -> date.minusDays(1);
            case SUNDAY -> date.plusDays(1);
            default -> date;
        };
    }

    private static Stream<LocalDate> of(int year) {
        var days = Stream.of(
                LocalDate.of(year, Month.JANUARY, 1),
                nth(year, Month.JANUARY, 3, DayOfWeek.MONDAY),
                nth(year, Month.FEBRUARY, 3, DayOfWeek.MONDAY),
                LocalDate.of(year, Month.MAY, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)),
                LocalDate.of(year, Month.JULY, 4),
                nth(year, Month.SEPTEMBER, 1, DayOfWeek.MONDAY),
                nth(year, Month.OCTOBER, 2, DayOfWeek.MONDAY),
                LocalDate.of(year, Month.NOVEMBER, 11),
                nth(year, Month.NOVEMBER, 4, DayOfWeek.THURSDAY),
                LocalDate.of(year, Month.DECEMBER, 25));
        return year < JUNETEENTH_SINCE ? days : Stream.concat(days, Stream.of(LocalDate.of(year, Month.JUNE, 19)));
    }

    private static LocalDate nth(int year, Month month, int number, DayOfWeek day) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(number, day));
    }
}
