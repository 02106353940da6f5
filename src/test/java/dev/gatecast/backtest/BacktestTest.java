package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.backtest.BacktestSettings.Data;
import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.backtest.BacktestSettings.Steps;
import dev.gatecast.event.Tick;
import dev.gatecast.feature.BarSpec;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.PairedTest;
import dev.gatecast.source.BadSource;
import dev.gatecast.source.BarTicks;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BacktestTest extends WaveBacktest {
    /** A bar without ticks is forecast from, and no forecast is judged by what was guessed for it. */
    @Test
    void nothingIsJudgedByAGuess() throws IOException {
        var random = new Random(5);
        var values = waves(1);
        var lines = new ArrayList<>(List.of("time,a,b,c"));
        var dropped = new HashSet<String>();
        for (var row = 0; row < ROWS; row++) {
            var cells = new ArrayList<String>();
            for (var entity = 0; entity < 3; entity++) {
                var drop = row > 0 && row < ROWS - 1 && random.nextInt(10) < 3;
                cells.add(drop ? "" : String.valueOf(values[entity][row]));
                if (drop) {
                    dropped.add("abc".charAt(entity) + time(row));
                }
            }
            lines.add(time(row) + "," + String.join(",", cells));
        }
        var csv = Files.write(folder.resolve("gappy.csv"), lines);
        var options = CsvOptions.of(List.of(csv), Layout.WIDE, new Columns(null, "time", List.of(), List.of()));
        var bars = new BarSpec(HOUR, 0, List.of(BarSpec.Rule.LAST), BarSpec.Fill.SEASON, 100);
        new Backtest(
                        settings(null, "gappy", false),
                        () -> new BarTicks(CsvTicks.open(options), bars),
                        (stage, share, ticks) -> {})
                .run(new Models.Pinned(MODEL));
        var made = new HashSet<String>();
        var judged = 0;
        for (var row : rows("gappy", "forecasts.csv")) {
            made.add(row[0] + row[1]);
            var actual = row[row.length - 3];
            assertTrue(actual.isEmpty() || !dropped.contains(row[0] + row[3]), String.join(",", row));
            judged += actual.isEmpty() ? 0 : 1;
        }
        assertEquals(3 * (ROWS - 1), made.size(), "a forecast at every bar");
        assertTrue(judged > 1000, "judged: " + judged);
        assertTrue(rows("gappy", "scores.csv").stream().anyMatch(row -> row[4].equals("MISSING")));
    }

    @Test
    void forecastsAreWrittenWithWhatCameFromTheLastTickOfThePastOn() throws IOException {
        var values = waves(1);
        var report = run(settings("200", "out", false), wide("w.csv", values), new Models.Pinned(MODEL));
        var rows = rows("out", "forecasts.csv");
        assertEquals(3 * 41 * 6, rows.size());
        assertEquals(time(199), rows.get(0)[1]);
        for (var row : rows) {
            var made = (int) ((Instant.parse(row[1]).toEpochMilli() - START) / HOUR);
            var target = made + Integer.parseInt(row[2]);
            var entity = row[0].charAt(0) - 'a';
            assertEquals(time(target), row[3]);
            assertEquals(target < ROWS ? Double.toString(values[entity][target]) : "", row[9]);
            assertEquals(MODEL.id(), row[10]);
            assertTrue(Float.parseFloat(row[4]) <= Float.parseFloat(row[8]), String.join(",", row));
        }
        assertEquals(3 * (40 * 6 - 15), report.counts().judged());
        assertEquals(3 * ROWS, rows("out", "scores.csv").size());
        var mae = rows.stream()
                .filter(row -> !row[9].isEmpty())
                .mapToDouble(row -> Math.abs(Double.parseDouble(row[9]) - Float.parseFloat(row[6])))
                .average()
                .orElseThrow();
        assertEquals(mae, report.judgement().points(Judgement.MODEL, 1, 6).mae(), 1e-9);
    }

    @Test
    void theDirectionsThatWereRightAreCounted() throws IOException {
        var values = waves(1);
        var model = dev.gatecast.support.Models.directed(3);
        var report = run(settings("100", "out", false), wide("w.csv", values), new Models.Pinned(model));
        var right = new int[7];
        var count = new int[7];
        for (var entity = 0; entity < 3; entity++) {
            var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
            var state = forecaster.newState();
            for (var row = 0; row < ROWS; row++) {
                var tick = new Tick(
                        "abc".substring(entity, entity + 1), START + row * HOUR, new double[] {values[entity][row]});
                var made =
                        forecaster.advance(state, tick, new Governing(model, 1)).forecast();
                var directions = Objects.requireNonNull(made).directions();
                for (var h = 1; row >= 99 && h <= 6 && row + h < ROWS; h++) {
                    var came = Objects.requireNonNull(directions).classOf(values[entity][row + h]);
                    right[h] += directions.likeliest(h) == came ? 1 : 0;
                    count[h]++;
                }
            }
        }
        for (var h = 1; h <= 6; h++) {
            var found = report.judgement().directions(Judgement.MODEL, h, h).orElseThrow();
            assertEquals((double) right[h] / count[h], found.accuracy(), 1e-12, "horizon " + h);
            assertTrue(found.commonest() > 1 / 3.0 && found.commonest() < 1);
        }
        assertTrue(report.text().contains("direction right %"), report.text());
        var json = Files.readString(folder.resolve("out").resolve("report.json"));
        assertTrue(json.contains("\"direction_accuracy\""), json);
        var without = run(settings("100", "other", false), wide("w.csv", values), new Models.Pinned(MODEL));
        assertTrue(without.judgement().directions(Judgement.MODEL, 1, 1).isEmpty());
        assertFalse(without.text().contains("direction"), without.text());
    }

    @Test
    void theLastForecastOfEveryEntityAlwaysExists() throws IOException {
        var csv = wide("w.csv", waves(1));
        run(settings(null, "all", false), csv, new Models.Pinned(MODEL));
        run(settings(null, "last", true), csv, new Models.Pinned(MODEL));
        var sparse = new ForecasterSettings(
                336, 7, 1e30, 3, ForecasterSettings.Output.DEFAULT.withPace(0), ForecasterSettings.DEFAULT.detector());
        var settings = settings(null, "sparse", true);
        run(
                new BacktestSettings(settings.steps(), Data.of(null), sparse, settings.output(), 1),
                csv,
                new Models.Pinned(MODEL));
        for (var out : List.of("last", "sparse")) {
            var rows = rows(out, "forecasts.csv");
            assertEquals(18, rows.size());
            assertTrue(rows.stream().allMatch(row -> row[1].equals(time(ROWS - 1)) && row[9].isEmpty()));
        }
        var all = rows("all", "forecasts.csv").stream()
                .filter(row -> row[1].equals(time(ROWS - 1)))
                .map(row -> String.join(",", row))
                .toList();
        assertEquals(
                all,
                rows("last", "forecasts.csv").stream()
                        .map(row -> String.join(",", row))
                        .toList());
    }

    @Test
    void anEntitysResultsDoNotDependOnItsNeighbours() throws IOException {
        var values = waves(1);
        run(settings("100", "wide", false), wide("w.csv", values), new Models.Pinned(MODEL));
        var lines = new ArrayList<>(List.of("time,name,v"));
        for (var entity = 0; entity < 3; entity++) {
            for (var row = 0; row < ROWS; row++) {
                lines.add(time(row) + "," + "abc".charAt(entity) + "," + values[entity][row]);
            }
        }
        for (var entity = 0; entity < 3; entity++) {
            var from = 1 + entity * ROWS;
            var own = new ArrayList<>(lines.subList(from, from + ROWS));
            own.add(0, lines.get(0));
            Files.write(folder.resolve("n" + entity + ".csv"), own);
        }
        var options = CsvOptions.of(
                List.of(folder.resolve("n2.csv"), folder.resolve("n0.csv"), folder.resolve("n1.csv")),
                Layout.LONG,
                new Columns("name", "time", List.of("v"), List.of()));
        new Backtest(settings("100", "long", false), () -> CsvTicks.open(options), (stage, share, ticks) -> {})
                .run(new Models.Pinned(MODEL));
        assertEquals(byEntity("wide", "forecasts.csv"), byEntity("long", "forecasts.csv"));
        assertEquals(byEntity("wide", "scores.csv"), byEntity("long", "scores.csv"));
    }

    private Map<String, List<String>> byEntity(String out, String file) throws IOException {
        return rows(out, file).stream()
                .collect(Collectors.groupingBy(
                        row -> row[0],
                        TreeMap::new,
                        Collectors.mapping(row -> String.join(",", row), Collectors.toList())));
    }

    @Test
    void theSameBacktestWritesTheSameFiles() throws IOException {
        var csv = wide("w.csv", waves(1));
        run(settings("100", "one", false), csv, new Models.Pinned(MODEL));
        run(settings("100", "two", false), csv, new Models.Pinned(MODEL));
        for (var file : List.of("forecasts.csv", "scores.csv", "report.json")) {
            assertEquals(
                    -1,
                    Files.mismatch(
                            folder.resolve("one").resolve(file),
                            folder.resolve("two").resolve(file)));
        }
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws IOException {
        var csv = wide("w.csv", waves(1));
        for (var threads : List.of(1, 3)) {
            var base = settings("100", "t" + threads, false);
            var all = new Output(base.output().folder(), EnumSet.allOf(OutputFile.class), false, false, null);
            run(
                    new BacktestSettings(base.steps(), base.data(), base.forecaster(), all, threads),
                    csv,
                    new Models.Pinned(MODEL));
        }
        for (var file :
                List.of("forecasts.csv", "scores.csv", "report.json", "medians.csv", "intervals.csv", "scores/a.csv")) {
            assertEquals(
                    -1,
                    Files.mismatch(
                            folder.resolve("t1").resolve(file),
                            folder.resolve("t3").resolve(file)),
                    file);
        }
    }

    @Test
    void aRivalEqualToTheModelDoesAsWellAsTheModel() throws IOException {
        var options = CsvOptions.of(
                List.of(wide("w.csv", waves(1))), Layout.WIDE, new Columns(null, "time", List.of(), List.of()));
        var report = new Backtest(settings("100", "out", false), () -> CsvTicks.open(options), (s, p, t) -> {})
                .run(new Models.Pinned(MODEL), List.of(new Rival("same", MODEL)), null);
        var judgement = report.judgement();
        assertEquals(List.of("gru", "same"), judgement.names().subList(0, 2));
        assertEquals(judgement.points("gru", 1, 6), judgement.points("same", 1, 6));
        assertEquals(judgement.bands("gru", 1, 6), judgement.bands("same", 1, 6));
        assertEquals(0, judgement.significance().get(0).difference());
        assertTrue(Double.isNaN(judgement.significance().get(0).p()), "equal errors have no variance");
        assertEquals(
                Set.of("a", "b", "c"),
                judgement.worst(9).stream().map(EntityErrors::entity).collect(Collectors.toSet()));
    }

    /** The same from the rows of forecasts.csv: every time is one pair, the errors of its entities averaged. */
    @Test
    void significanceOfAHorizonAndOfEntitiesIsThatOfTheForecastsWritten() throws IOException {
        var judgement = run(settings("100", "out", false), wide("w.csv", waves(1)), new Models.Pinned(MODEL))
                .judgement();
        var horizon = 3;
        var values = waves(1);
        var byTime = new TreeMap<String, List<Double>>();
        var byEntity = new TreeMap<String, double[]>();
        for (var row : rows("out", "forecasts.csv")) {
            var entity = row[0].charAt(0) - 'a';
            var made = (int) ((Instant.parse(row[1]).toEpochMilli() - START) / HOUR);
            if (row[row.length - 3].isEmpty() || made < 99) {
                continue;
            }
            var actual = Double.parseDouble(row[row.length - 3]);
            var own = Math.abs(actual - Double.parseDouble(row[4 + (row.length - 7) / 2]));
            var naive = Math.abs(actual - values[entity][made]);
            if (row[2].equals("" + horizon)) {
                byTime.computeIfAbsent(row[1], time -> new ArrayList<>()).add(naive - own);
            }
            var sums = byEntity.computeIfAbsent(row[0], name -> new double[2]);
            sums[0] += own;
            sums[1] += naive;
        }
        var differences = byTime.values().stream()
                .mapToDouble(
                        all -> all.stream().mapToDouble(one -> one).average().orElseThrow())
                .toArray();
        var expected = PairedTest.ofTimes(differences, horizon);
        var found = judgement.significance(horizon, horizon).get(0);
        assertEquals("last-value", found.other());
        assertEquals(expected.mean(), found.difference(), 1e-4);
        assertEquals(expected.statistic(), found.statistic(), 1e-3 * Math.abs(expected.statistic()));
        assertEquals(expected.p(), found.p(), 1e-4);
        var better =
                byEntity.values().stream().filter(sums -> sums[0] < sums[1]).count();
        assertEquals(better, judgement.entityWins().get(0).better());
        assertEquals(3, judgement.entityWins().get(0).entities());
        assertEquals(
                List.of(1, 2, 3, 6),
                judgement.groups().stream().map(group -> group[1]).toList());
    }

    @Test
    void everyEntityHasItsRow() throws IOException {
        var judgement = run(settings("100", "out", false), wide("w.csv", waves(1)), new Models.Pinned(MODEL))
                .judgement();
        var rows = rows("out", "entities.csv");
        assertEquals(List.of("a", "b", "c"), rows.stream().map(row -> row[0]).toList());
        var worst = judgement.worst(1).get(0);
        var row = rows.stream()
                .filter(one -> one[0].equals(worst.entity()))
                .findFirst()
                .orElseThrow();
        assertEquals(worst.mase(), Double.parseDouble(row[2]), 1e-9);
        assertEquals(worst.mae().get(0), Double.parseDouble(row[3]), 1e-9);
    }

    @Test
    void withoutAModelTheDetectorAndTheContendersRunAlone() throws IOException {
        var report = run(settings(null, "out", false), wide("w.csv", waves(1)), new Models.None());
        assertEquals(
                List.of("last-value", "seasonal-24", "holt-winters"),
                report.judgement().names());
        assertTrue(report.judgement().points("seasonal-24", 1, 24).mae()
                < report.judgement().points("last-value", 1, 24).mae());
        assertEquals(List.of(), rows("out", "forecasts.csv"));
        assertEquals(3 * ROWS, rows("out", "scores.csv").size());
    }

    @Test
    void ticksThatDoNotCountHaveARowThatSaysWhy() throws IOException {
        var csv = Files.writeString(
                folder.resolve("d.csv"), "time,v\n2001-01-01,1\n2001-01-02,31\n2001-01-03,2\n2001-01-03,3\n");
        var options = CsvOptions.of(List.of(csv), Layout.LONG, new Columns(null, "time", List.of(), List.of()));
        var usual = ForecasterSettings.DEFAULT;
        var atMost30 =
                new ForecasterSettings(usual.ring(), 1, 30, usual.violationLimit(), usual.output(), usual.detector());
        var settings = new BacktestSettings(
                steps(), Data.of(null), atMost30, Output.to(folder.resolve("out"), false, false), 1);
        var report = new Backtest(settings, () -> CsvTicks.open(options), (s, p, t) -> {}).run(new Models.None());
        assertEquals(2, report.rejected());
        assertEquals(
                List.of(
                        "d 2001-01-01T00:00:00Z 1.0 0.0  ",
                        "d 2001-01-02T00:00:00Z 31.0 0.0 REJECTED NOT_FINITE",
                        "d 2001-01-03T00:00:00Z 2.0 0.0  ",
                        "d 2001-01-03T00:00:00Z 3.0 0.0 REJECTED DUPLICATE"),
                rows("out", "scores.csv").stream()
                        .map(row -> String.join(" ", row))
                        .toList());
        assertTrue(report.text().contains("d.csv:5: d: "), report.text());
    }

    @Test
    void rowNumbersStayNumbers() throws IOException {
        var csv = Files.writeString(folder.resolve("r.csv"), "x,1,2,3,4\n");
        var options = CsvOptions.of(List.of(csv), Layout.ROWS, new Columns(null, null, List.of(), List.of()));
        var settings = new BacktestSettings(
                steps(), Data.of(null), ForecasterSettings.DEFAULT, Output.to(folder.resolve("out"), false, true), 1);
        new Backtest(settings, () -> CsvTicks.open(options), (stage, share, ticks) -> {}).run(new Models.None());
        assertEquals("3", rows("out", "scores.csv").get(3)[1]);
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() throws IOException {
        var csv = wide("w.csv", waves(1));
        assertRefused("give --train-until", null, steps(), csv, new Models.Fitted(past -> PASSED));
        assertRefused(
                "forecasts 6 steps, 7 are asked for", null, new Steps(7, List.of(), 0), csv, new Models.Pinned(MODEL));
        assertRefused("cadence is", null, new Steps(6, List.of(), 60_000), csv, new Models.Pinned(MODEL));
        Files.writeString(folder.resolve("file"), "in the way");
        assertTrue(String.valueOf(
                        assertThrows(BadSource.class, () -> run(settings(null, "file", false), csv, new Models.None()))
                                .getMessage())
                .contains("cannot be written"));
    }

    private void assertRefused(String message, @Nullable String cut, Steps steps, Path csv, Models models) {
        var base = settings(cut, "out", false);
        var settings = new BacktestSettings(steps, base.data(), base.forecaster(), base.output(), 1);
        var refusal = assertThrows(BadSource.class, () -> run(settings, csv, models));
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
    }
}
