package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report says where the past of some entities reaches beyond what is judged of others. */
class OverlapTest extends WaveBacktest {
    /** Two entities side by side, and one that ticks from a row until before another. */
    private Path ticks(int from, int to) throws IOException {
        var values = waves(1);
        var lines = new ArrayList<>(List.of("time,entity,v"));
        for (var row = 0; row < ROWS; row++) {
            lines.add(time(row) + ",a," + values[0][row]);
            lines.add(time(row) + ",b," + values[1][row]);
            if (row >= from && row < to) {
                lines.add(time(row) + ",c," + values[2][row]);
            }
        }
        return Files.write(folder.resolve("long.csv"), lines);
    }

    private Report run(String cut, Path csv) {
        var options = CsvOptions.of(List.of(csv), Layout.LONG, new Columns("entity", "time", List.of("v"), List.of()));
        return new Backtest(
                        hourly(settings(cut, "out", false)), () -> CsvTicks.open(options), (stage, share, ticks) -> {})
                .run(new Models.Pinned(MODEL));
    }

    @Test
    void aPastThatEndsAfterTheFirstJudgedTickIsToldOf() throws IOException {
        var report = run("100", ticks(90, ROWS));
        var said = "look-ahead: a is judged from " + time(100) + " on, and the past of 1 of 3 entities ends later (c: "
                + time(189) + ")";
        assertTrue(report.text().contains(said), report.text());
        var json = new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
        assertEquals(1, json.path("look_ahead").path("entities").asLong());
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains(said));
    }

    @Test
    void sharesOfEntitiesThatEndEarlyAreToo() throws IOException {
        var text = run("0.7", ticks(0, 120)).text();
        assertTrue(text.contains("look-ahead: c is judged from " + time(84)), text);
    }

    @Test
    void aTimeOrEqualPastsAreNotWarnedOf() throws IOException {
        var late = ticks(90, ROWS);
        for (var cut : List.of(time(150), "2001-01-03")) {
            assertFalse(run(cut, late).text().contains("look-ahead"), cut);
        }
        var alike = ticks(0, ROWS);
        for (var cut : List.of("100", "0.7", "-24")) {
            assertFalse(run(cut, alike).text().contains("look-ahead"), cut);
        }
    }

    /** Numbers of rows are no times. */
    @Test
    void rowsOfUnlikeLengthAreNotWarnedOf() throws IOException {
        var csv = Files.writeString(folder.resolve("r.csv"), "x,1,2,3,4,5,6,7,8\ny,1,2,3,4\n");
        var options = CsvOptions.of(List.of(csv), Layout.ROWS, new Columns(null, null, List.of(), List.of()));
        var base = settings("-2", "out", false);
        var settings = new BacktestSettings(
                new BacktestSettings.Steps(1, List.of(), 0),
                base.data(),
                base.forecaster(),
                BacktestSettings.Output.to(folder.resolve("out"), false, true),
                1);
        var text = new Backtest(settings, () -> CsvTicks.open(options), (s, p, t) -> {})
                .run(new Models.None())
                .text();
        assertTrue(text.contains("forecast values judged"), text);
        assertFalse(text.contains("look-ahead"), text);
    }
}
