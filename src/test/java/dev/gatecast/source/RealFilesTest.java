package dev.gatecast.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Rejection;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files that the project is measured on load with the options one would try first. */
class RealFilesTest {
    private static History read(String path, Layout layout, Columns columns) {
        try (var ticks = CsvTicks.open(CsvOptions.of(List.of(Shared.path(path)), layout, columns))) {
            var history = History.read(ticks, History.Limits.DEFAULT);
            assertEquals(1.0, ticks.progress());
            assertEquals(Map.of(), ticks.rejections().counts());
            return history;
        }
    }

    @Test
    void aFolderOfSeriesIsAnEntityAFile() {
        var history = read("data/nab/data", Layout.LONG, new Columns(Columns.FILE, "timestamp", List.of(), List.of()));
        assertEquals(31, history.series().size());
        var apple = history.series().stream()
                .filter(series -> series.entity().equals("realTweets/Twitter_volume_AAPL"))
                .findFirst()
                .orElseThrow();
        assertEquals(15_902, apple.size());
        assertEquals(Instant.parse("2015-02-26T21:42:53Z").toEpochMilli(), apple.time(0));
        assertEquals(104.0, apple.value(0, 0));
        assertEquals(24, history.late(), "duplicates in these files");
    }

    @Test
    void theSeriesOfM4AreRows() {
        var history =
                read("data/m4-hourly/Hourly-train.csv", Layout.ROWS, new Columns(null, null, List.of(), List.of()));
        assertEquals(414, history.series().size());
        var first = history.series().get(0);
        assertEquals("H1", first.entity());
        assertEquals(700, first.size());
        assertEquals(605.0, first.value(0, 0));
        assertEquals(699, first.time(699));
    }

    @Test
    void ettIsWide() {
        var history = read("data/ett/ETTh1.csv", Layout.WIDE, new Columns(null, "date", List.of(), List.of()));
        assertEquals(
                List.of("HUFL", "HULL", "LUFL", "LULL", "MUFL", "MULL", "OT"),
                history.series().stream().map(Series::entity).toList());
        assertEquals(7 * 17_420, history.ticks());
        assertEquals(
                Instant.parse("2016-07-01T01:00:00Z").toEpochMilli(),
                history.series().get(6).time(1));
    }

    @Test
    void oneColumnOfEttIsALongFile() {
        var history = read(
                "data/ett/ETTh1.csv", Layout.LONG, new Columns(null, "date", List.of("OT", "HUFL"), List.of("OT")));
        assertEquals(1, history.series().size());
        assertEquals("ETTh1", history.series().get(0).entity());
        assertEquals(5.827000141143799, history.series().get(0).value(1, 0));
    }

    @Test
    void theAirportsAreWideOrLong() {
        var wide = read(
                "data/flights2001/departures_wide.csv", Layout.WIDE, new Columns(null, "time", List.of(), List.of()));
        var numbers = read(
                "data/flights2001/hourly_top20.csv",
                Layout.LONG,
                new Columns("airport", "time", List.of(), List.of("departures")));
        assertEquals(
                List.of("departures", "mean_arrival_delay", "late"),
                numbers.fields().names());
        for (var i = 0; i < 20; i++) {
            var a = wide.series().get(i);
            var b = numbers.series().get(i);
            assertEquals(a.entity(), b.entity());
            assertEquals(4_344, a.size());
            assertArrayEquals(a.values(0), b.values(0));
            assertArrayEquals(a.times(), b.times());
        }
        assertTrue(Double.isNaN(numbers.series().get(1).value(1, 0)), "a delay without a departure");
    }

    @Test
    void eventsOfTheSameMinuteAreDuplicates() {
        var history = read(
                "data/flights2001/events_top10_2001-03.csv",
                Layout.LONG,
                new Columns("origin", "time", List.of(), List.of()));
        assertEquals(List.of("arrival_delay", "distance"), history.fields().names());
        assertEquals(53_462, history.late());
        assertEquals(174_117, history.late() + history.ticks());
    }

    @Test
    void aMissingTargetIsCountedAndPassedOver() {
        var options = CsvOptions.of(
                List.of(Shared.path("data/flights2001/hourly_top20.csv")),
                Layout.LONG,
                new Columns("airport", "time", List.of("mean_arrival_delay"), List.of()));
        try (var ticks = CsvTicks.open(options)) {
            var history = History.read(ticks, History.Limits.DEFAULT);
            assertEquals(86_880, history.ticks() + ticks.rejected());
            assertEquals(ticks.rejected(), ticks.rejections().counts().get(Rejection.MISSING_FIELD));
            assertTrue(
                    ticks.rejections().messages().get(0).endsWith("hourly_top20.csv:3: mean_arrival_delay is empty"));
        }
    }
}
