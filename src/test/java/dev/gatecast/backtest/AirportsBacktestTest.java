package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatecast.backtest.BacktestSettings.Data;
import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.backtest.BacktestSettings.Steps;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.source.Cut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Departures of twenty airports, June judged: figures that were computed elsewhere come out here. */
class AirportsBacktestTest {
    @Test
    void theContendersReachTheirKnownErrors() {
        var settings = new BacktestSettings(
                new Steps(24, List.of(24, 168), 3_600_000L),
                Data.of(Cut.parse("2001-06-01")),
                ForecasterSettings.DEFAULT,
                Output.to(null, false, false),
                1);
        var report = new Backtest(settings, AirportsBacktestTest::airports, (stage, share, ticks) -> {})
                .run(new Models.None());
        assertEquals(new Report.Counts(86_880, 72_480, 20, 20 * (720 * 24 - 23 * 12)), report.counts());
        assertEquals(
                List.of("last-value", "seasonal-24", "seasonal-168", "holt-winters", "linear"),
                report.judgement().names());
        assertEquals(3.17, mae(report, "seasonal-168", 1), 0.005);
        assertEquals(3.24, mae(report, "seasonal-24", 24), 0.005);
        assertEquals(mae(report, "seasonal-24", 24), mae(report, "last-value", 24), 1e-9);
        assertTrue(mae(report, "linear", 1) < 2.65 && mae(report, "linear", 24) < 2.65, report.text());
    }

    @Test
    void theStormAtBostonOpensAnAlertInTheLastHourOfItsDay() {
        var settings = new BacktestSettings(
                new Steps(24, List.of(24, 168), 3_600_000L),
                Data.of(Cut.parse("2001-03-01")),
                ForecasterSettings.DEFAULT,
                Output.to(null, false, false),
                1);
        var report = new Backtest(settings, AirportsBacktestTest::airports, (stage, share, ticks) -> {})
                .run(new Models.None());
        var storm = report.alerts().stream()
                .filter(alert -> alert.entity().equals("BOS"))
                .map(alert -> Instant.ofEpochMilli(alert.time()) + " "
                        + alert.surprise().channel())
                .filter(alert -> alert.startsWith("2001-03-05"))
                .toList();
        assertEquals(List.of("2001-03-05T23:00:00Z LEVEL"), storm);
    }

    private static double mae(Report report, String contender, int horizon) {
        return report.judgement().points(contender, horizon, horizon).mae();
    }

    private static CsvTicks airports() {
        var file = Path.of(System.getProperty("gatecast.shared", "../shared"))
                .resolve("data/flights2001/hourly_top20.csv");
        assumeTrue(Files.exists(file), () -> file + " is absent: name its folder by -Dgatecast.shared=DIR");
        var columns = new Columns("airport", "time", List.of("departures"), List.of());
        return CsvTicks.open(CsvOptions.of(List.of(file), Layout.LONG, columns));
    }
}
