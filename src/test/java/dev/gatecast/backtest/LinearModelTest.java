package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatecast.feature.BarSpec;
import dev.gatecast.source.BarTicks;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearModelTest extends WaveBacktest {
    private static final String LINEAR = "linear";
    private static final BarSpec FILLED = new BarSpec(HOUR, 0, List.of(BarSpec.Rule.LAST), BarSpec.Fill.SEASON, 100);

    @Test
    void isFittedAndJudgedWhereGapsAreFilled() throws IOException {
        var values = waves(1);
        var whole = run(settings("150", "whole", false), wide("w.csv", values), new Models.Pinned(MODEL));
        var full = whole.judgement().points(LINEAR, 1, 6);
        for (var models : List.of(new Models.None(), new Models.Pinned(MODEL))) {
            var report = filled(settings("150", "gappy", false), gappy(values), models);
            var judgement = report.judgement();
            var horizons = judgement.horizons();
            var linear = judgement.points(LINEAR, 1, horizons);
            var last = judgement.points("last-value", 1, horizons);
            assertTrue(linear.count() > 500, linear::toString);
            assertEquals(last.count(), linear.count());
            assertTrue(linear.mae() < 0.5 * last.mae(), linear + " against " + last);
            assertTrue(linear.mae() < 1.5 * full.mae(), linear + " against " + full + " without gaps");
            assertFalse(report.text().contains("left out"), report::text);
        }
    }

    /** What is judged by time does not see what comes after it: the sums of forecasts made before a change stay. */
    @Test
    void seesThePastAloneWhereGapsAreFilled() throws IOException {
        var changed = waves(1);
        for (var row = 200; row < ROWS; row++) {
            changed[0][row] += 40;
            changed[1][row] = 0;
        }
        var one = filled(settings("150", "one", false), gappy(waves(1)), new Models.Pinned(MODEL));
        var same = filled(settings("150", "same", false), gappy(waves(1)), new Models.Pinned(MODEL));
        var two = filled(settings("150", "two", false), gappy(changed), new Models.Pinned(MODEL));
        for (var row = 149; row + 6 < 200; row++) {
            assertEquals(error(one, row), error(two, row), "made at row " + row);
        }
        assertFalse(error(one, 195) == error(two, 195));
        assertEquals(one.judgement().points(LINEAR, 1, 6), same.judgement().points(LINEAR, 1, 6));
    }

    private static double error(Report report, int row) {
        var judgement = report.judgement();
        var sums = judgement.times().get(START + row * HOUR);
        var error = Objects.requireNonNull(sums)[judgement.layout().error(judgement.number(LINEAR))];
        assertTrue(Double.isFinite(error), "row " + row + ": " + error);
        return error;
    }

    @Test
    void whereItCannotBeFittedTheReportSaysWhy() throws IOException {
        var csv = wide("w.csv", waves(1));
        var tooShort = "no entity has 9 steps before the cut, which fitting it needs; the longest past has 8 ticks";
        assertLeftOut(tooShort, run(settings("8", "short", false), csv, new Models.Pinned(MODEL)), "short");
        var noPast = "there is no cut (--train-until) before which it could be fitted";
        assertLeftOut(noPast, run(settings(null, "none", false), csv, new Models.None()), "none");
        var fitted = run(settings("9", "fitted", false), csv, new Models.Pinned(MODEL));
        assertTrue(fitted.judgement().names().contains(LINEAR));
        assertFalse(fitted.text().contains("left out"), fitted::text);
    }

    private void assertLeftOut(String reason, Report report, String out) throws IOException {
        assertFalse(report.judgement().names().contains(LINEAR));
        assertTrue(report.text().contains("linear is left out: " + reason), report::text);
        var json = new ObjectMapper()
                .readTree(folder.resolve(out).resolve("report.json").toFile());
        assertEquals(reason, json.path("left_out").path(LINEAR).asText());
    }

    /** One in ten is missing, no row at the ends. */
    private Path gappy(double[][] values) throws IOException {
        var random = new Random(5);
        var lines = new ArrayList<>(List.of("time,a,b,c"));
        for (var row = 0; row < ROWS; row++) {
            var line = new StringBuilder(time(row));
            for (var entity = 0; entity < 3; entity++) {
                var drop = random.nextInt(10) == 0 && row > 0 && row < ROWS - 1;
                line.append(',').append(drop ? "" : String.valueOf(values[entity][row]));
            }
            lines.add(line.toString());
        }
        return Files.write(folder.resolve("gappy.csv"), lines);
    }

    private static Report filled(BacktestSettings settings, Path csv, Models models) {
        var options = CsvOptions.of(List.of(csv), Layout.WIDE, new Columns(null, "time", List.of(), List.of()));
        return new Backtest(settings, () -> new BarTicks(CsvTicks.open(options), FILLED), (stage, share, ticks) -> {})
                .run(models);
    }
}
