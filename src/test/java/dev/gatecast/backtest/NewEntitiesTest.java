package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report says of the first ticks of entities that begin after the cut. */
class NewEntitiesTest extends WaveBacktest {
    private static final int BEGIN = 150;
    private static final int CUT = 100;

    /** The first entity ticks at every row, the second from {@link #BEGIN} on. */
    private Path ticks() throws IOException {
        var values = waves(1);
        var lines = new ArrayList<>(List.of("time,a,b"));
        for (var row = 0; row < ROWS; row++) {
            lines.add(time(row) + "," + values[0][row] + "," + (row < BEGIN ? "" : values[1][row]));
        }
        return Files.write(folder.resolve("late.csv"), lines);
    }

    /** The same from the rows of forecasts.csv. */
    @Test
    void theFirstForecastsOfALateEntityAreJudgedBesideTheLastValue() throws IOException {
        var report = run(hourly(settings(time(CUT), "out", false)), ticks(), new Models.Pinned(MODEL));
        var values = waves(1)[1];
        var sums = new double[4];
        for (var row : rows("out", "forecasts.csv")) {
            var made = (int) ((Instant.parse(row[1]).toEpochMilli() - START) / HOUR);
            if (!row[0].equals("b") || made == BEGIN || made >= BEGIN + 48) {
                continue;
            }
            var actual = values[made + Integer.parseInt(row[2])];
            sums[0]++;
            sums[1] += Math.abs(actual - Float.parseFloat(row[6]));
            sums[2] += Math.abs(actual - values[made]);
            sums[3] += Float.parseFloat(row[4]) <= actual && actual <= Float.parseFloat(row[8]) ? 1 : 0;
        }
        assertEquals(47 * 6, sums[0]);
        var step = 0.0;
        for (var row = BEGIN + 1; row < BEGIN + 48; row++) {
            step += Math.abs(values[row + 1] - values[row]) / 47;
        }
        var found = report.judgement().newEntities();
        assertEquals(1, found.begun());
        assertEquals(1, found.judged());
        assertEquals(47, found.forecasts());
        assertEquals(sums[1] / sums[0], value(found.mae().get(0)), 1e-9);
        assertEquals(sums[2] / sums[0], value(found.mae().get(1)), 1e-9);
        assertEquals(sums[1] / sums[0] / step, value(found.scaled().get(0)), 1e-9);
        assertEquals(1, found.scaled().get(1).values().applyAsDouble(1, 1), 1e-9);
        var widest = found.inside().get(found.inside().size() - 1);
        assertEquals(100 * sums[3] / sums[0], value(widest), 1e-9);
    }

    private static double value(NewEntities.Row row) {
        return row.values().applyAsDouble(1, 6);
    }

    @Test
    void allReportsTellOfThemWhateverIsWritten() throws IOException {
        var all = run(hourly(settings(time(CUT), "all", false)), ticks(), new Models.Pinned(MODEL));
        var last = run(hourly(settings(time(CUT), "last", true)), ticks(), new Models.Pinned(MODEL));
        var said = "new entities: 47 forecasts at the first 48 ticks of 1 that begin after the cut";
        assertTrue(all.text().contains(said), all.text());
        assertEquals(all.text(), last.text());
        var json = new ObjectMapper()
                .readTree(folder.resolve("last/report.json").toFile())
                .path("new_entities");
        assertEquals(47, json.path("forecasts").asLong());
        assertEquals(47 * 6, json.path("all").path("count").asLong());
        var found = all.judgement().newEntities();
        assertEquals(
                value(found.mae().get(1)),
                json.path("all").path("mae").path("last-value").asDouble());
        assertEquals(6, json.path("horizons").size());
        assertTrue(Files.readString(folder.resolve("last/report.html")).contains(said));
    }

    @Test
    void withoutACutEveryEntityBeginsHere() throws IOException {
        var report = run(settings(null, "out", false), wide("w.csv", waves(1)), new Models.Pinned(MODEL));
        assertTrue(
                report.text()
                        .contains("141 forecasts at the first 48 ticks of 3 that begin here (no cut: all, known to the"
                                + " model or not)"),
                report.text());
    }

    @Test
    void withoutNewEntitiesOrWithoutAModelNothingIsSaid() throws IOException {
        var csv = wide("w.csv", waves(1));
        var old = run(settings("100", "old", false), csv, new Models.Pinned(MODEL));
        assertFalse(old.text().contains("new entities"), old.text());
        assertFalse(Files.readString(folder.resolve("old/report.json")).contains("new_entities"));
        var none = run(settings(null, "none", false), csv, new Models.None());
        assertFalse(none.text().contains("new entities"), none.text());
    }

    @Test
    void ofVeryManyTheFirstToAppearAreJudged() throws IOException {
        var lines = new ArrayList<String>();
        lines.add("time,e" + String.join(",e", numbers(0)));
        for (var row = 0; row < 3; row++) {
            lines.add(time(row) + "," + String.join(",", numbers(row)));
        }
        var csv = Files.write(folder.resolve("many.csv"), lines);
        var report = run(settings(null, "out", true), csv, new Models.Pinned(MODEL));
        assertTrue(report.text().contains("new entities: 1,000 forecasts at the first 48 ticks of 1,000 of 1,010"));
    }

    private static List<String> numbers(int from) {
        var all = new ArrayList<String>();
        for (var i = 0; i < 1010; i++) {
            all.add(Integer.toString(from + i));
        }
        return all;
    }

    /** An entity without a past is scaled by what it has shown before each forecast. */
    @Test
    void aLateEntityIsRankedAmongTheWorst() throws IOException {
        var report = run(hourly(settings(time(CUT), "out", false)), ticks(), new Models.Pinned(MODEL));
        var values = waves(1)[1];
        var recipe = MODEL.recipe();
        var warmUp = Math.max(recipe.warmUp(), recipe.spec().windows().profile());
        var expected = 0.0;
        var count = 0;
        for (var row : rows("out", "forecasts.csv")) {
            var made = (int) ((Instant.parse(row[1]).toEpochMilli() - START) / HOUR);
            var target = made + Integer.parseInt(row[2]);
            if (!row[0].equals("b") || made < BEGIN + warmUp - 1 || target >= ROWS) {
                continue;
            }
            var scale = 0.0;
            for (var past = BEGIN + 24; past <= made; past++) {
                scale += Math.abs(values[past] - values[past - 24]) / (made - BEGIN - 23);
            }
            if (scale > 0) {
                expected += Math.abs(values[target] - Float.parseFloat(row[6])) / scale;
                count++;
            }
        }
        var late = report.judgement()
                .entities()
                .filter(one -> one.entity().equals("b"))
                .findFirst()
                .orElseThrow();
        assertEquals(expected / count, late.mase(), 1e-9);
    }
}
