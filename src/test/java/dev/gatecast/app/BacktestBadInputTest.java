package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data as it comes: each leads to a sensible result or to a line that says what is wrong. */
class BacktestBadInputTest {
    private static final long HOUR = 3_600_000L;

    private static final String[] SMALL_TRAINING = {
        "--entity",
        "name",
        "--fields",
        "v",
        "--train-until",
        "0.7",
        "--set",
        "train.iterations=5",
        "--set",
        "train.hidden=2",
        "--set",
        "train.units=2"
    };

    @TempDir
    private Path folder;

    private Run run(List<String> lines, String... more) throws IOException {
        var csv = Files.write(folder.resolve("t.csv"), lines);
        var arguments = new ArrayList<>(List.of("backtest", "--csv", csv.toString(), "--time", "time"));
        arguments.addAll(List.of("--season", "24", "--horizon", "3", "--threads", "2"));
        arguments.addAll(List.of("--out", folder.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private Run good(List<String> lines, String... more) throws IOException {
        var run = run(lines, more);
        assertEquals(0, run.exit(), run::err);
        assertFalse(Files.readString(folder.resolve("out/report.json")).contains("NaN"));
        return run;
    }

    private void refused(String why, List<String> lines, String... more) throws IOException {
        var run = run(lines, more);
        assertEquals(2, run.exit(), run::err);
        assertTrue(run.err().contains(why), run::err);
    }

    private List<String> scores() throws IOException {
        return Files.readAllLines(folder.resolve("out/scores.csv"));
    }

    private static List<String> wave(int rows) {
        var lines = new ArrayList<>(List.of("time,v"));
        for (var row = 0; row < rows; row++) {
            lines.add(Instant.ofEpochMilli(row * HOUR) + "," + (50 + 20 * Math.sin(row * Math.PI / 12)));
        }
        return lines;
    }

    /** Taken one tick after another, all after the gap would be wrong by tens. */
    @Test
    void aGapShiftsNoForecastToAnotherTime() throws IOException {
        var lines = wave(300);
        lines.subList(151, 171).clear();
        var run = good(lines, "--cadence", "PT1H");
        assertTrue(run.out().startsWith("280 ticks of 1 entities"), run::out);
        assertTrue(run.out().lines().anyMatch(line -> line.matches("seasonal-24 +0\\..*")), run::out);
    }

    /** Nobody says what the cadence is: it is found, and what is missing is filled. */
    @Test
    void gapsAreFoundAndFilledUnlessEveryTickIsAStep() throws IOException {
        var lines = wave(600);
        for (var row = 590; row > 24; row -= 3) {
            lines.remove(row);
        }
        var run = good(lines);
        assertTrue(run.out().startsWith("599 ticks of 1 entities"), run::out);
        assertTrue(run.out().lines().anyMatch(line -> line.matches("seasonal-24 +0\\..*")), run::out);
        assertTrue(run.err().contains("the ticks are PT1H apart and 32 % are missing: gaps are filled"), run::err);
        var steps = good(lines, "--cadence", "none");
        assertTrue(steps.out().startsWith("411 ticks of 1 entities"), steps::out);
        assertFalse(steps.err().contains("missing"), steps::err);
        var own = good(lines, "--set", "bars=mean", "--set", "bars.fill=zero");
        assertTrue(own.out().startsWith("599 ticks of 1 entities"), own::out);
        assertTrue(scores().stream().anyMatch(row -> row.contains(",0.0,")), "filled by the rule that was given");
    }

    @Test
    void duplicatesAreCountedAndKeepTheirRow() throws IOException {
        var lines = wave(30);
        lines.add(10, lines.get(10));
        var run = good(lines);
        assertTrue(run.out().contains("rejected: {DUPLICATE=1}"), run::out);
        assertTrue(run.out().contains("t.csv:12: "), run::out);
        assertTrue(scores().get(11).endsWith(",REJECTED,DUPLICATE"), scores().get(11));
    }

    @Test
    void anUnsortedFileIsRefusedWithItsLine() throws IOException {
        var lines = wave(30);
        lines.add(lines.remove(5));
        refused("t.csv:31: the time 1970-01-01T04:00:00Z is before that of an earlier line; sort", lines);
    }

    @Test
    void zonesMayBeMixed() throws IOException {
        good(List.of("time,v", "2001-01-01T00:00:00Z,1", "2001-01-01T02:00:00+01:00,2", "2001-01-01 02:00:00,3"));
        assertTrue(scores().get(2).startsWith("t,2001-01-01T01:00:00Z,2.0"), scores().get(2));
        assertTrue(scores().get(3).startsWith("t,2001-01-01T02:00:00Z,3.0"), scores().get(3));
    }

    @Test
    void theHourThatSummerTimeRepeatsIsADuplicateOrRefused() throws IOException {
        var hourly = List.of("time,v", "2001-10-28 01:00:00,1", "2001-10-28 01:00:00,2", "2001-10-28 02:00:00,3");
        assertTrue(good(hourly).out().contains("DUPLICATE=1"));
        refused(
                "t.csv:4: the time 2001-10-28 01:00:00 is before",
                List.of("time,v", "2001-10-28 01:00:00,1", "2001-10-28 01:30:00,2", "2001-10-28 01:00:00,3"));
    }

    /** On the clocks of the place: 02:00 does not come, and what follows keeps its time. */
    @Test
    void theHourThatSummerTimeSkipsIsAGap() throws IOException {
        var lines = wave(50);
        lines.remove(27);
        var run = good(lines, "--cadence", "PT1H", "--models", "none", "--train-until", "30");
        assertTrue(run.out().startsWith("49 ticks of 1 entities"), run::out);
        var seasonal = run.out().lines().filter(line -> line.startsWith("seasonal-24 "));
        assertTrue(seasonal.findFirst().orElseThrow().matches("seasonal-24( +(0\\.0000|\\S+e-1\\d))+"), run::out);
    }

    @Test
    void aMissingColumnIsNamedWithThoseThereAre() throws IOException {
        refused("no column 'site'; the columns are time, v", wave(5), "--entity", "site");
        refused("no column 'w'; the columns are time, v", wave(5), "--fields", "v,w");
        refused("no column 'time'; the columns are when, v", List.of("when,v", "2001-01-01,1"));
    }

    @Test
    void aColumnNamedTwiceIsRefused() throws IOException {
        refused("t.csv: column 'v' occurs twice", List.of("time,v,v", "2001-01-01,1,2"));
    }

    /** Seven digits would not hold the movement. */
    @Test
    void theContendersFollowAWaveOnAHighLevelAsTheyDoWithoutIt() throws IOException {
        var wave = wave(300);
        var low = run(wave, "--cadence", "none").out();
        var high = run(wave.stream().map(BacktestBadInputTest::raised).toList(), "--cadence", "none")
                .out();
        for (var contender : List.of("last-value", "seasonal-24", "holt-winters")) {
            assertEquals(mae(contender, low), mae(contender, high), 1e-3, contender);
        }
    }

    private static String raised(String line) {
        var cells = line.split(",");
        return cells[1].equals("v") ? line : cells[0] + "," + (1e9 + Double.parseDouble(cells[1]));
    }

    private static double mae(String contender, String out) {
        var line =
                out.lines().filter(row -> row.startsWith(contender)).findFirst().orElseThrow();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Test
    void aConstantIsReplayedAndNotTrainedOn() throws IOException {
        var lines = new ArrayList<>(List.of("time,v"));
        for (var row = 0; row < 300; row++) {
            lines.add(Instant.ofEpochMilli(row * HOUR) + ",5");
        }
        assertTrue(good(lines).out().contains("last-value            0.0000"));
        refused("nothing to learn from a constant", lines, "--train-until", "200");
    }

    /** Beyond what a float can hold, and beyond what its square can. */
    @ParameterizedTest
    @ValueSource(strings = {"1e308", "-1e39", "3e38", "inf"})
    void aValueThatNothingMeasuresIsCountedAndTheRestTrainedOn(String value) throws IOException {
        var lines = wave(400);
        lines.set(150, lines.get(150).split(",")[0] + "," + value);
        var small = List.of("train.iterations=5", "train.hidden=2", "train.units=2");
        var settings = small.stream().flatMap(setting -> Stream.of("--set", setting));
        var run = good(
                lines,
                Stream.concat(Stream.of("--train-until", "300", "--cadence", "none"), settings)
                        .toArray(String[]::new));
        assertTrue(run.out().startsWith("399 ticks of 1 entities"), run::out);
        assertTrue(run.out().contains("rejected: {NOT_FINITE=1}"), run::out);
        assertTrue(run.out().contains("t.csv:151: v is "), run::out);
        assertTrue(run.out().contains("a finite number of at most 1.0E30 in size was expected"), run::out);
    }

    @Test
    void aHistoryWithoutATickIsSaidToHaveNone() throws IOException {
        refused("ticks to train on were expected, the history has none", wave(1), "--train-until", "0.6");
    }

    /** The lines that say so are shown as where only some rows fail. */
    @Test
    void aHistoryOfWhichAllIsRefusedSaysWhatWasRefused() throws IOException {
        var lines = new ArrayList<>(List.of("time,v"));
        for (var row = 0; row < 100; row++) {
            lines.add(Instant.ofEpochMilli(row * HOUR) + ",");
        }
        refused("rejected: {MISSING_FIELD=100}", lines, "--train-until", "0.6");
        refused("t.csv:2: v is empty", lines, "--train-until", "0.6");
    }

    /** As a share of each entity's rows leaves them: the longest ends before the other one begins. */
    @Test
    void anEntityThatBeginsLateKeepsNoneFromTraining() throws IOException {
        var lines = new ArrayList<>(List.of("time,name,v"));
        for (var row = 0; row < 800; row++) {
            var values = "," + (50 + 20 * Math.sin(row * Math.PI / 12) + row * 37 % 11);
            lines.add(Instant.ofEpochMilli(row * HOUR) + ",old" + values);
            if (row >= 700) {
                lines.add(Instant.ofEpochMilli(row * HOUR) + ",late" + values);
            }
        }
        var run = good(lines, SMALL_TRAINING);
        assertTrue(run.out().startsWith("900 ticks of 2 entities"), run::out);
    }

    /** Too small for a logarithm, not for the other transforms. */
    @Test
    void valuesOfAnySizeCanBeTrainedOn() throws IOException {
        var lines = new ArrayList<>(List.of("time,name,v"));
        for (var row = 0; row < 400; row++) {
            var value = 1e-12 * (2 + Math.sin(row * Math.PI / 12) + row * 37 % 11 / 20.0);
            lines.add(Instant.ofEpochMilli(row * HOUR) + ",a," + value);
        }
        good(lines, SMALL_TRAINING);
    }

    @Test
    void entitiesWithoutValuesWithOneTickAndLateOnesAreSensible() throws IOException {
        var lines = new ArrayList<>(List.of("time,a,empty,once,late"));
        for (var row = 0; row < 60; row++) {
            lines.add(Instant.ofEpochMilli(row * HOUR) + "," + row % 24 + ",," + (row == 7 ? "3" : "") + ","
                    + (row > 50 ? "9" : ""));
        }
        var run = good(lines, "--layout", "wide", "--fields", "a,empty,once,late");
        assertTrue(run.out().startsWith("70 ticks of 3 entities"), run::out);
        assertTrue(run.out().contains("MISSING_FIELD=170"), run::out);
        assertTrue(run.out().contains(": empty is empty"), run::out);
    }

    /** Each of them beside one that can be learned from. */
    @Test
    void oddEntitiesNeitherStopATrainingNorGetNonsense() throws IOException {
        var lines = new ArrayList<>(List.of("time,a,constant,empty,once,late"));
        for (var row = 0; row < 400; row++) {
            var value = 50 + 20 * Math.sin(row * Math.PI / 12) + row * 37 % 11;
            lines.add(Instant.ofEpochMilli(row * HOUR) + "," + value + ",5,," + (row == 7 ? "3" : "") + ","
                    + (row > 350 ? value : ""));
        }
        var small = List.of("train.iterations=5", "train.hidden=2", "train.units=2");
        var settings = small.stream().flatMap(setting -> Stream.of("--set", setting));
        var wide = Stream.of("--layout", "wide", "--fields", "a,constant,empty,once,late", "--train-until", "300");
        var run = good(lines, Stream.concat(wide, settings).toArray(String[]::new));
        assertTrue(run.out().startsWith("850 ticks of 4 entities"), run::out);
        for (var line : Files.readAllLines(folder.resolve("out/forecasts.csv"))) {
            var cells = line.split(",", -1);
            assertNotEquals("empty", cells[0]);
            if (cells[0].equals("constant")) {
                assertEquals(5, Double.parseDouble(cells[4]), 0.5, line);
                assertEquals(5, Double.parseDouble(cells[cells.length - 4]), 0.5, line);
            }
        }
    }

    @Test
    void aFileWithoutTicksIsSaidSoOrLeavesEmptyFiles() throws IOException {
        refused("empty; a line of column names was expected", List.of());
        assertTrue(good(List.of("time,v")).out().startsWith("0 ticks of 0 entities"));
        assertEquals(1, scores().size());
    }

    /** In a process of its own, whose heap is far too small for so many entities. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFullHeapIsOneLineAndExitCodeOne(int threads) throws Exception {
        var lines = new ArrayList<>(List.of("time,name,v"));
        for (var entity = 0; entity < 20_000; entity++) {
            lines.add("2001-01-01T00:00:00Z,e" + entity + ",1");
        }
        var csv = Files.write(folder.resolve("many.csv"), lines);
        var err = folder.resolve("err.txt");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.gatecast.app.Main",
                "backtest",
                "--csv",
                csv.toString(),
                "--entity",
                "name",
                "--time",
                "time",
                "--threads",
                "" + threads);
        var process = new ProcessBuilder(command)
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it hangs");
        } finally {
            process.destroyForcibly();
        }
        var said = Files.readString(err);
        assertEquals(1, process.exitValue(), said);
        var full = said.lines().filter(line -> line.contains("memory")).toList();
        assertEquals(1, full.size(), said);
        assertTrue(full.get(0).matches("gatecast: out of memory: the heap of \\d+ MB is full .*"), said);
    }

    @Test
    void tenThousandEntitiesOfTenTicks() throws IOException {
        var lines = new ArrayList<>(List.of("time,name,v"));
        for (var row = 0; row < 10; row++) {
            for (var entity = 0; entity < 10_000; entity++) {
                lines.add(Instant.ofEpochMilli(row * HOUR) + ",e" + entity + "," + (entity + row) % 50);
            }
        }
        var run = good(lines, "--entity", "name", "--forecasts", "last");
        assertTrue(run.out().startsWith("100,000 ticks of 10,000 entities"), run::out);
        assertEquals(100_001, scores().size());
    }
}
