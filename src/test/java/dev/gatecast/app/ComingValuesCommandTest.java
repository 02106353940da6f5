package dev.gatecast.app;

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
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that say what a price is going to be: the value falls by 20 while it is 1, which it becomes by chance. */
class ComingValuesCommandTest {
    private static final int ROWS = 600;
    private static final int CUT = 450; // rows that are fitted to
    private static final int AHEAD = 3;
    private static final long HOUR = 3_600_000L;

    @TempDir
    private Path folder;

    private Path sales(String name, IntFunction<UnaryOperator<String>> cells) throws IOException {
        var lines = new ArrayList<>(List.of("time,shop,sales,price,price+1,price+2,price+3"));
        var random = new Random(3);
        var price = new int[2][ROWS + AHEAD];
        for (var shop = 0; shop < 2; shop++) {
            for (var row = 1; row < price[shop].length; row++) {
                price[shop][row] = random.nextInt(8) == 0 ? 1 - price[shop][row - 1] : price[shop][row - 1];
            }
        }
        for (var row = 0; row < ROWS; row++) {
            for (var shop = 0; shop < 2; shop++) {
                var sold = 100 + 10 * Math.sin(row * Math.PI / 12) + random.nextGaussian() - 20 * price[shop][row];
                var line = new StringBuilder(Instant.ofEpochMilli(row * HOUR) + ",shop" + shop + "," + sold);
                for (var step = 0; step <= AHEAD; step++) {
                    line.append(',').append(price[shop][row + step]);
                }
                lines.add(cells.apply(row).apply(line.toString()));
            }
        }
        return Files.write(folder.resolve(name), lines);
    }

    private Path sales() throws IOException {
        return sales("sales.csv", row -> UnaryOperator.identity());
    }

    private static Run run(String command, Path csv, String... more) {
        var arguments =
                new ArrayList<>(List.of(command, "--csv", csv.toString(), "--entity", "shop", "--time", "time"));
        arguments.addAll(List.of("--season", "24", "--horizon", Integer.toString(AHEAD)));
        arguments.addAll(List.of("--train-until", Integer.toString(CUT)));
        arguments.addAll(List.of("--set", "train.hidden=4", "--set", "train.iterations=60"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    /** Mean absolute error of the model. */
    private double error(Path csv, String out, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--out", folder.resolve(out).toString()));
        var run = run("backtest", csv, arguments.toArray(String[]::new));
        assertEquals(0, run.exit(), run::err);
        var report = new ObjectMapper()
                .readTree(folder.resolve(out).resolve("report.json").toFile());
        var gru = report.get("contenders").get(0);
        assertEquals("gru", gru.get("name").asText());
        return gru.get("all").get("mae").asDouble();
    }

    @Test
    void aPriceThatIsKnownAheadLowersTheErrorAndMissingCellsRaiseItLittle() throws IOException {
        var csv = sales();
        var model = folder.resolve("m").toString();
        double with = error(csv, "with", "--fields", "sales,price", "--future", "price", "--model-out", model);
        double without = error(csv, "without", "--fields", "sales,price");
        assertTrue(with < 0.5 * without, with + " beside " + without);
        var again = List.of("--models", "file:" + model, "--fields", "sales,price", "--future", "price");
        var random = new Random(1);
        var gappy = sales("gappy.csv", row -> line -> gap(line, random));
        double missing = error(gappy, "gappy", again.toArray(String[]::new));
        assertTrue(missing > with && missing < without, with + ", with gaps " + missing + ", without " + without);
    }

    /** An empty cell, or one that says it is no number. */
    private static String gap(String line, Random random) {
        var cells = line.split(",");
        cells[4 + random.nextInt(AHEAD)] = random.nextBoolean() ? "" : "NaN";
        return String.join(",", cells);
    }

    @Test
    void anotherFutureChangesNoByteOfTheModelAndOfAnyEarlierForecast() throws IOException {
        var one = sales();
        var change = CUT + 50;
        var other = sales("other.csv", row -> line -> row < change ? line : changed(line));
        var name = new String[] {"--fields", "sales,price", "--future", "price"};
        for (var csv : List.of(one, other)) {
            var arguments = new ArrayList<>(List.of(name));
            arguments.addAll(List.of("--model-out", csv + ".model"));
            error(csv, csv.getFileName() + ".out", arguments.toArray(String[]::new));
        }
        assertEquals(-1, Files.mismatch(Path.of(one + ".model"), Path.of(other + ".model")));
        var before = forecasts("sales.csv.out", change);
        assertTrue(before.size() >= 2 * 50 * AHEAD, "forecasts before the change: " + before.size());
        assertEquals(before, forecasts("other.csv.out", change));
        assertFalse(forecasts("sales.csv.out", ROWS).equals(forecasts("other.csv.out", ROWS)));
    }

    private static String changed(String line) {
        var cells = line.split(",");
        return cells[0] + "," + cells[1] + ",7,9,8,7,6";
    }

    /** All cells but the actual value, of forecasts made before a row. */
    private List<String> forecasts(String out, int row) throws IOException {
        var time = Instant.ofEpochMilli(row * HOUR).toString();
        return Files.readAllLines(folder.resolve(out).resolve("forecasts.csv")).stream()
                .skip(1)
                .filter(line -> line.split(",")[1].compareTo(time) < 0)
                .map(line -> line.replaceAll(",[^,]*(,[^,]*,[^,]*)$", "$1"))
                .toList();
    }

    @Test
    void whatTheUserGotWrongIsOneLineAndExitCodeTwo() throws IOException {
        var csv = sales();
        var model = folder.resolve("m").toString();
        var trained = run("train", csv, "--fields", "sales,price", "--future", "price", "--model-out", model);
        assertEquals(0, trained.exit(), trained::err);
        refused("no column 'wind'", csv, "--fields", "sales,wind", "--future", "wind");
        refused("values to come of sales, a target", csv, "--fields", "sales,price", "--future", "sales");
        refused(
                "the model needs values to come of the field price of the ticks (ticks.future)",
                csv,
                "--fields",
                "sales,price",
                "--models",
                "file:" + model);
        refused("--future describes files", null, "--future", "price", "--models", "none");
        var none = Files.write(
                folder.resolve("none.csv"),
                Files.readAllLines(csv).stream()
                        .map(line -> line.replaceAll("(,[^,]*){3}$", ""))
                        .toList());
        refused(
                "beside price the columns price+1, price+2 and so on were expected",
                none,
                "--fields",
                "sales,price",
                "--future",
                "price");
    }

    private static void refused(String message, @Nullable Path csv, String... more) {
        var run = csv == null
                ? Run.of(Stream.concat(Stream.of("backtest"), Stream.of(more)).toArray(String[]::new))
                : run("backtest", csv, more);
        assertEquals(2, run.exit(), run::err);
        assertTrue(run.err().contains(message), run::err);
        assertEquals(
                1, run.err().lines().filter(line -> line.contains("gatecast")).count(), run::err);
    }
}
