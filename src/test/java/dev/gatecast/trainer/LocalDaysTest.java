package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Traits;
import dev.gatecast.feature.Days;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.Zone;
import dev.gatecast.trainer.Timing.Holidays;
import dev.gatecast.trainer.TrainerSettings.HoldOut;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalDaysTest {
    private static Target target(Timing timing) {
        return new Target(24, Small.LEVELS, Seasons.NONE, Histories.HOUR, timing, Optional.empty());
    }

    private static Days days(Histories histories, Timing timing) {
        var target = target(timing);
        return LocalDays.of(TrainingData.of(histories.history(), target, HoldOut.DEFAULT), target);
    }

    private static Histories hours(int rows) {
        return new Histories().with("a", rows, Histories.wave(10, 2, 1));
    }

    @Test
    void withoutSettingsThereIsUniversalTimeAlone() {
        assertEquals(Days.NONE, days(hours(2000), Timing.UTC));
    }

    @Test
    void aZoneIsWrittenOutWithItsDaylightSavingTime() {
        var rules = ZoneId.of("America/New_York").getRules();
        var zone = days(hours(2000), new Timing(true, "America/New_York", Holidays.NONE))
                .zones()
                .get(0);
        assertEquals("America/New_York", zone.name());
        for (long hour = 0; hour < 24 * 366 * 30; hour += 7) {
            long time = Histories.START + hour * Histories.HOUR;
            int at = (int) zone.from().stream().filter(from -> from <= time).count();
            assertEquals(
                    1000 * rules.getOffset(Instant.ofEpochMilli(time)).getTotalSeconds(),
                    zone.offsets().get(at));
        }
    }

    @Test
    void whereClocksChangeByWholeStepsValuesStandWhereTheirLocalTimeDoes() {
        assertTrue(days(hours(2000), new Timing(true, "America/New_York", Holidays.NONE))
                .aligned());
        var histories = hours(2000).with("b", 2000, Histories.wave(10, 2, 2), new Traits("America/Denver", ""));
        assertTrue(days(histories, Timing.UTC).aligned());
        assertFalse(days(hours(2000), new Timing(true, "Asia/Kolkata", Holidays.NONE))
                .aligned());
    }

    @Test
    void theZonesThatTicksNameAreWrittenOutToo() {
        var histories = hours(2000)
                .with("b", 2000, Histories.wave(10, 2, 2), new Traits("Asia/Kolkata", ""))
                .with("c", 2000, Histories.wave(10, 2, 2), new Traits("America/Denver", ""));
        var names = days(histories, Timing.UTC).zones().stream().map(Zone::name).toList();
        assertEquals(List.of("UTC", "America/Denver", "Asia/Kolkata"), names);
        var wrong = hours(2000).with("b", 2000, Histories.wave(10, 2, 2), new Traits("Mars/Base", ""));
        var error = assertThrows(UnusableHistory.class, () -> days(wrong, Timing.UTC));
        assertTrue(String.valueOf(error.getMessage()).contains("b: a name such as"), error.getMessage());
    }

    @Test
    void holidaysAreSeenWhereTheFittedRowsShowTwo() {
        var us = new Timing(true, "UTC", new Holidays(true, false, List.of(LocalDate.of(2001, 1, 10))));
        var shown = days(hours(24 * 40), us).holidays();
        assertTrue(shown.dates().contains((int) LocalDate.of(2001, 1, 15).toEpochDay()));
        assertTrue(shown.dates().contains((int) LocalDate.of(2001, 1, 10).toEpochDay()));
        assertTrue(shown.dates().contains((int) LocalDate.of(2026, 11, 26).toEpochDay()));
        assertEquals(24, shown.steps());
        var late = new Timing(true, "UTC", new Holidays(false, false, List.of(LocalDate.of(2001, 12, 24))));
        assertEquals(Days.Holidays.NONE, days(hours(24 * 40), late).holidays());
    }

    @Test
    void theTimeOfYearIsSeenAfterTwoYears() {
        assertTrue(days(hours(24 * 365 * 5 / 2), Timing.UTC).year());
        assertFalse(days(hours(24 * 365), Timing.UTC).year());
    }

    @Test
    void theFederalHolidaysOfAYearAreKnown() {
        var days = UsHolidays.of(2024, 2024).stream().map(LocalDate::toString).toList();
        assertEquals(
                List.of(
                        "2024-01-01",
                        "2024-01-15",
                        "2024-02-19",
                        "2024-05-27",
                        "2024-06-19",
                        "2024-07-04",
                        "2024-09-02",
                        "2024-10-14",
                        "2024-11-11",
                        "2024-11-28",
                        "2024-12-25"),
                days);
        assertEquals(10, UsHolidays.of(2001, 2001).size());
    }

    @Test
    void thoseOnAWeekendAreObservedOnTheWorkdayBesideIt() {
        var days = UsHolidays.observed(2021, 2022).stream()
                .map(LocalDate::toString)
                .toList();
        assertEquals(
                List.of(
                        "2021-01-01",
                        "2021-01-18",
                        "2021-02-15",
                        "2021-05-31",
                        "2021-06-18",
                        "2021-07-05",
                        "2021-09-06",
                        "2021-10-11",
                        "2021-11-11",
                        "2021-11-25",
                        "2021-12-24",
                        "2021-12-31",
                        "2022-01-17",
                        "2022-02-21",
                        "2022-05-30",
                        "2022-06-20",
                        "2022-07-04",
                        "2022-09-05",
                        "2022-10-10",
                        "2022-11-11",
                        "2022-11-24",
                        "2022-12-26"),
                days);
    }
}
