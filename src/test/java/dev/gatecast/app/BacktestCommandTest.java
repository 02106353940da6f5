package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatecast.support.ParquetRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on CSV files: no broker is running. */
class BacktestCommandTest {
    private static final int ROWS = 500;

    @TempDir
    private Path folder;

    private Path waves() throws IOException {
        var random = new Random(1);
        var lines = new ArrayList<>(List.of("time,site,load"));
        for (var row = 0; row < ROWS; row++) {
            for (var site : List.of("north", "south")) {
                var load = 100 + 40 * Math.sin(row * Math.PI / 12) + 5 * random.nextGaussian();
                lines.add(Instant.ofEpochMilli(row * 3_600_000L) + "," + site + "," + load);
            }
        }
        return Files.write(folder.resolve("waves.csv"), lines);
    }

    private static Run backtest(Path csv, String... more) {
        var arguments = new ArrayList<>(List.of("backtest", "--csv", csv.toString(), "--entity", "site"));
        arguments.addAll(List.of("--time", "time", "--season", "24", "--horizon", "6"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private List<String> lines(String out, String file) throws IOException {
        return Files.readAllLines(folder.resolve(out).resolve(file));
    }

    @Test
    void trainsOnThePastJudgesTheRestAndUsesTheSameModelFromItsFile() throws IOException {
        var csv = waves();
        var model = folder.resolve("models/m");
        var trained = backtest(
                csv,
                "--train-until",
                "400",
                "--model-out",
                model.toString(),
                "--out",
                folder.resolve("trained").toString(),
                "--set",
                "train.iterations=20",
                "--set",
                "train.hidden=8");
        assertEquals(0, trained.exit(), trained::err);
        assertTrue(trained.out().contains("gru ") && trained.out().contains("linear "), trained::out);
        assertTrue(trained.out().contains("the gate would "), trained::out);
        assertTrue(Files.size(model) > 0, "the model is written");
        var again = backtest(
                csv,
                "--train-until",
                "400",
                "--models",
                "file:" + model,
                "--out",
                folder.resolve("again").toString());
        assertEquals(0, again.exit(), again::err);
        assertArrayEquals(
                lines("trained", "forecasts.csv").toArray(),
                lines("again", "forecasts.csv").toArray());
        var last = backtest(
                csv,
                "--models",
                "file:" + model,
                "--forecasts",
                "last",
                "--out",
                folder.resolve("last").toString());
        assertEquals(0, last.exit(), last::err);
        var rows = lines("last", "forecasts.csv");
        assertEquals(1 + 2 * 6, rows.size());
        assertTrue(rows.get(0).startsWith("entity,made_at,horizon,target_time,q0.025,"), rows.get(0));
        assertTrue(rows.get(0).endsWith(",q0.975,actual,model,mean"), rows.get(0));
        assertTrue(rows.get(1).startsWith("north,1970-01-21T19:00:00Z,1,1970-01-21T20:00:00Z,"), rows.get(1));
    }

    /** Two hours apart at a look, with gaps; the model knows that its steps are hours. */
    @Test
    void theGridIsThatOfTheModel() throws IOException {
        var model = folder.resolve("m").toString();
        var options = List.of("train", "--csv", waves().toString(), "--entity", "site", "--time", "time");
        var train = new ArrayList<>(options);
        train.addAll(List.of("--horizon", "6", "--set", "train.iterations=1", "--model-out", model));
        var trained = Run.of(train.toArray(String[]::new));
        assertEquals(0, trained.exit(), trained::err);
        assertTrue(trained.out().contains("seasons in steps: 24"), trained::out);
        var lines = new ArrayList<>(List.of("time,site,load"));
        for (var row = 0; row < 300; row += 2) {
            if (row % 14 != 0) {
                lines.add(Instant.ofEpochMilli(row * 3_600_000L) + ",north," + row);
            }
        }
        var sparse = Files.write(folder.resolve("sparse.csv"), lines);
        var judged = Run.of(
                "backtest",
                "--csv",
                sparse.toString(),
                "--entity",
                "site",
                "--time",
                "time",
                "--models",
                "file:" + model);
        assertEquals(0, judged.exit(), judged::err);
        assertTrue(judged.out().startsWith(lines.size() - 1 + " ticks of 1 entities"), judged::out);
        assertFalse(judged.err().contains("gaps are filled"), judged::err);
        assertTrue(judged.out().contains("seasons: 24 steps, the model's"), judged::out);
    }

    @Test
    void parquetStandsForCsvAndWithoutAModelTheColumnsAreThoseOfTheDefaultQuantiles() throws IOException {
        var csv = waves();
        var out = folder.resolve("plain");
        assertEquals(
                0, backtest(csv, "--models", "none", "--out", out.toString()).exit());
        var quantiles = Objects.requireNonNull(ConfigKeys.all().configKeys().get("quantiles")).defaultValue;
        var named = ((List<?>) quantiles).stream().map(level -> "q" + level).collect(Collectors.joining(","));
        assertEquals(
                List.of("entity,made_at,horizon,target_time," + named + ",actual,model,mean"),
                lines("plain", "forecasts.csv"));
        var packed = folder.resolve("packed");
        var run = backtest(csv, "--models", "none", "--parquet", "--out", packed.toString());
        assertEquals(0, run.exit(), run::err);
        assertTrue(ParquetRows.schema(packed.resolve("forecasts.parquet")).contains("float q0.95"));
        assertFalse(Files.exists(packed.resolve("forecasts.csv")));
        var nowhere = backtest(csv, "--models", "none", "--parquet");
        assertEquals(2, nowhere.exit());
        assertTrue(nowhere.err().contains("--parquet writes a file: give --out DIR"), nowhere::err);
    }

    /** What is trained, scaled and forecast before a time depends on nothing that comes at it or after. */
    @Test
    void anotherFutureChangesNoByteOfTheModelAndOfAnyEarlierOutput() throws IOException {
        var csv = waves();
        var changed = Files.createDirectories(folder.resolve("changed")).resolve("waves.csv");
        var lines = Files.readAllLines(csv);
        var change = 1 + 2 * 450;
        var future = new ArrayList<>(lines.subList(0, change));
        for (var line = change; line < lines.size(); line++) {
            var cells = lines.get(line).split(",");
            if (line % 5 > 1) { // two fifths are missing
                future.add(cells[0] + "," + cells[1] + "," + 5_000 * (line % 3));
            }
        }
        Files.write(changed, future);
        for (var models : List.of("fitted", "walk-forward:PT25H")) {
            var one = folder.resolve(models.substring(0, 4) + "-one");
            var other = folder.resolve(models.substring(0, 4) + "-other");
            var fitted = models.equals("fitted");
            replay(csv, one, fitted ? List.of("--model-out", one + ".model") : List.of("--models", models));
            replay(changed, other, fitted ? List.of("--model-out", other + ".model") : List.of("--models", models));
            if (fitted) {
                assertEquals(-1, Files.mismatch(Path.of(one + ".model"), Path.of(other + ".model")));
            }
            var time = Instant.ofEpochMilli(450 * 3_600_000L).toString();
            assertEquals(
                    before(one.resolve("scores.csv"), time, true), before(other.resolve("scores.csv"), time, true));
            var forecasts = before(one.resolve("forecasts.csv"), time, false);
            assertTrue(forecasts.size() >= 2 * 49 * 6, "forecasts before the change: " + forecasts.size());
            assertEquals(forecasts, before(other.resolve("forecasts.csv"), time, false));
        }
    }

    private static void replay(Path csv, Path out, List<String> models) {
        var arguments = new ArrayList<>(List.of("--train-until", "400", "--out", out.toString()));
        arguments.addAll(List.of("--set", "train.iterations=5", "--set", "train.hidden=4"));
        arguments.addAll(models);
        var run = backtest(csv, arguments.toArray(String[]::new));
        assertEquals(0, run.exit(), run::err);
    }

    /** The rows of before a time in order; of forecasts all but the actual value, which comes later. */
    private static List<String> before(Path file, String time, boolean whole) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .filter(row -> row.split(",")[1].compareTo(time) < 0)
                .map(row -> whole ? row : row.replaceAll(",[^,]*(,[^,]*,[^,]*)$", "$1"))
                .sorted() // a forecast leaves when its values have come
                .toList();
    }

    @Test
    void withoutAModelItSaysHowToGetOne() throws IOException {
        var run = backtest(waves(), "--out", folder.resolve("none").toString());
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.err().contains("no model: give --train-until to train one, or --models file:FILE"), run::err);
        assertEquals(1 + 2 * ROWS, lines("none", "scores.csv").size());
    }

    @Test
    void whatTradesWouldHaveEarnedIsSaidOnlyWhereItIsAsked() throws IOException {
        var csv = waves();
        var without = backtest(
                csv, "--models", "none", "--out", folder.resolve("none").toString());
        assertEquals(0, without.exit(), without::err);
        assertTrue(!without.out().contains("trades") && !report("none").has("trades"), without::out);
        var run = backtest(
                csv,
                "--models",
                "none",
                "--cost",
                "2%",
                "--out",
                folder.resolve("cost").toString());
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().contains("trades at a cost of 2 % each: a unit is bought"), run::out);
        var contenders = report("cost").get("trades").get("contenders");
        var naive = contenders.get(0).get("all");
        assertEquals(0, naive.get("trades").asInt(), "the last value names no direction");
        var seasonal = contenders.get(1).get("all");
        assertEquals("seasonal-24", contenders.get(1).get("name").asText());
        assertTrue(seasonal.get("right").asDouble() > 0.8, seasonal::toString);
        assertTrue(seasonal.get("profit").asDouble() > 0, seasonal::toString);
        refused("--cost: a number of units", csv, "--cost", "cheap");
    }

    private JsonNode report(String out) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(out).resolve("report.json").toFile());
    }

    @Test
    void whatTheUserGotWrongIsOneLineAndExitCodeTwo() throws IOException {
        var csv = waves();
        refused("no column 'where'; the columns are time, site, load", csv, "--fields", "where");
        refused("'soon' is neither a time", csv, "--train-until", "soon");
        refused("is no choice of models", csv, "--models", "newest");
        refused("model file absent does not exist", csv, "--models", "file:absent");
        refused("is no model that can be used", csv, "--models", "file:" + csv);
        refused("do not go with --csv", csv, "--from", "2001-01-01");
        refused("give --train-until without --models", csv, "--model-out", "m", "--models", "none");
        refused("no such file", folder.resolve("absent.csv"));
        refused("is a file; a folder was expected", csv, "--out", csv.toString());
        refused("is a folder; a file was expected", csv, "--train-until", "0.5", "--model-out", folder.toString());
        refused("a folder was expected", csv, "--train-until", "0.5", "--model-out", csv + "/m.model");
    }

    @Test
    void whatDescribesFilesIsRefusedWhereNoFileIsNamed() {
        var run = Run.of("backtest", "--models", "none", "--entity", "site");
        assertEquals(2, run.exit(), run::err);
        assertTrue(run.err().contains("--entity describes files: name them with --csv PATH"), run::err);
    }

    @Test
    void boundsThatLeaveNothingAreAMistake() {
        for (var bounds : List.of(
                List.of("2001-02-01", "2001-01-01"),
                List.of("2001-01-01", "2001-01-01"),
                List.of("offset:7", "offset:7"))) {
            var run = Run.of("backtest", "--from", bounds.get(0), "--to", bounds.get(1));
            assertEquals(2, run.exit(), run::err);
            assertTrue(
                    run.err().contains("--from=" + bounds.get(0) + " is not before --to=" + bounds.get(1)), run::err);
        }
    }

    private static void refused(String message, Path csv, String... more) {
        var run = backtest(csv, more);
        assertEquals(2, run.exit(), run::err);
        assertTrue(run.err().contains(message), run::err);
    }
}
