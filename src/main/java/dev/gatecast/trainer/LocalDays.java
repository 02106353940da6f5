package dev.gatecast.trainer;

import dev.gatecast.feature.Days;
import dev.gatecast.feature.Zone;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what a model knows of the days at its entities' places: the zones that the settings and the ticks name, written
 * out as tables; holidays where the fitted rows show some; the time of year where they show it twice.
 */
final class LocalDays {
    private static final Logger LOG = LoggerFactory.getLogger(LocalDays.class);
    private static final long DAY = 86_400_000L;
    private static final long TWO_YEARS = 730 * DAY;
    private static final int FEWEST_HOLIDAYS = 2;
    private static final int LAST_YEAR = 2100;

    private LocalDays() {}

    static Days of(TrainingData data, Target target) {
        if (!target.calendar()) {
            return Days.NONE;
        }
        long first =
                data.pasts().stream().mapToLong(past -> past.times()[0]).min().orElse(0);
        long until = data.fitUntil();
        var zones = zones(data, target.timing().zone(), first);
        var days = new Days(zones, until - first >= TWO_YEARS, holidays(target, first, until));
        return zones.stream().anyMatch(zone -> moves(zone, target.cadence())) ? days.align() : days;
    }

    /** Whether its clocks change by whole steps. */
    private static boolean moves(Zone zone, long cadence) {
        return cadence > 0
                && IntStream.range(0, zone.from().size())
                        .anyMatch(
                                i -> (zone.offsets().get(i + 1) - zone.offsets().get(i)) % cadence == 0);
    }

    private static List<Zone> zones(TrainingData data, String usual, long first) {
        var names = new TreeSet<String>();
        for (var past : data.pasts()) {
            var zone = past.traits().zone();
            if (!zone.isEmpty() && Timing.rules(zone).isEmpty()) {
                throw new UnusableHistory("the time zone of " + past.entity()
                        + ": a name such as UTC, +02:00 or America/New_York expected, got " + zone);
            }
            names.add(zone);
        }
        names.remove("");
        names.remove(usual);
        return Stream.concat(Stream.of(usual), names.stream())
                .map(name -> zone(name, first))
                .collect(Collectors.toList());
    }

    /** The zone's offsets from a time to the last year. */
    private static Zone zone(String name, long first) {
        var rules = ZoneId.of(name).getRules();
        var from = new ArrayList<Long>();
        var offsets = new ArrayList<Integer>();
        var at = Instant.ofEpochMilli(first);
        offsets.add(1000 * rules.getOffset(at).getTotalSeconds());
        for (var next = rules.nextTransition(at);
                next != null && next.getInstant().atOffset(ZoneOffset.UTC).getYear() <= LAST_YEAR;
                next = rules.nextTransition(next.getInstant())) {
            from.add(next.getInstant().toEpochMilli());
            offsets.add(1000 * next.getOffsetAfter().getTotalSeconds());
        }
        return new Zone(name, from, offsets);
    }

    /** None where the fitted rows show fewer than two: there is nothing to learn from. */
    private static Days.Holidays holidays(Target target, long first, long until) {
        var told = target.timing().holidays();
        long firstDay = Math.floorDiv(first, DAY);
        var dates = new TreeSet<Integer>();
        int year = LocalDate.ofEpochDay(firstDay).getYear();
        if (told.us()) {
            UsHolidays.of(year, LAST_YEAR).forEach(date -> dates.add((int) date.toEpochDay()));
        }
        if (told.observed()) {
            UsHolidays.observed(year, LAST_YEAR).forEach(date -> dates.add((int) date.toEpochDay()));
        }
        told.dates().forEach(date -> dates.add((int) date.toEpochDay()));
        long seen = dates.stream()
                .filter(date -> date >= firstDay && date < Math.floorDiv(until, DAY))
                .count();
        if (seen < FEWEST_HOLIDAYS) {
            if (!dates.isEmpty()) {
                LOG.info("the rows to fit to show {} holidays: the model does not look at holidays", seen);
            }
            return Days.Holidays.NONE;
        }
        return new Days.Holidays(List.copyOf(dates), target.cadence() == 0 ? 0 : target.horizons());
    }
}
