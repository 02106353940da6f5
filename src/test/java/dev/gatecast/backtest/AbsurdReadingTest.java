package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.backtest.BacktestSettings.Data;
import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.backtest.BacktestSettings.Steps;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.source.Cut;
import dev.gatecast.support.Models;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One absurd reading among Boston's departures, ten hours before the day that the judging begins. */
class AbsurdReadingTest {
    private static final String READING = "2001-06-06T14:00:00,BOS,";

    @TempDir
    Path folder;

    @Test
    void spoilsNoForecastOfTheComingWeeks() throws IOException {
        double usual = error("usual.csv", "");
        double spoilt = error("spoilt.csv", "9999");
        assertTrue(spoilt < 1.5 * usual, () -> "error " + spoilt + ", without the reading " + usual);
    }

    private double error(String name, String reading) throws IOException {
        var file = Files.write(folder.resolve(name), lines(reading));
        var settings = new BacktestSettings(
                new Steps(6, List.of(24, 48), Models.HOUR),
                Data.of(Cut.parse("2001-06-07")),
                Models.settings(true),
                Output.to(null, false, false),
                1);
        var columns = new Columns("airport", "time", List.of("departures"), List.of());
        var options = CsvOptions.of(List.of(file), Layout.LONG, columns);
        var report = new Backtest(settings, () -> CsvTicks.open(options), (stage, share, ticks) -> {})
                .run(new dev.gatecast.backtest.Models.Pinned(Models.random(1)));
        return report.judgement().points("gru", 1, 6).mae();
    }

    /** Boston's lines of the program's own resource; {@code reading} in place of one value, if it is not empty. */
    private static List<String> lines(String reading) throws IOException {
        var resource = Objects.requireNonNull(
                AbsurdReadingTest.class.getResourceAsStream("/demo/flights2001-hourly-top20.csv.gz"));
        try (var in =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
            return in.lines()
                    .filter(line -> line.startsWith("time,") || line.contains(",BOS,"))
                    .map(line -> !reading.isEmpty() && line.startsWith(READING) ? READING + reading + ",0,0" : line)
                    .toList();
        }
    }
}
