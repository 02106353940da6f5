package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration says of the cadence holds on files too, whatever their ticks keep to. */
class CadenceSaidTest {
    private static final int TICKS = 300;
    private static final long STEP = 600_000L;

    @TempDir
    private Path folder;

    /** A tick every ten minutes, some left out at random. */
    private Path ticks(double missing) throws IOException {
        var random = new Random(1);
        var lines = new ArrayList<>(List.of("time,v"));
        for (var i = 0; i < TICKS; i++) {
            if (random.nextDouble() >= missing) {
                lines.add(Instant.ofEpochMilli(i * STEP) + "," + i % 6);
            }
        }
        return Files.write(folder.resolve("t.csv"), lines);
    }

    /** The same without any two days alike, so that there is something to learn. */
    private Path noisy(double missing) throws IOException {
        var random = new Random(2);
        var lines = new ArrayList<>(Files.readAllLines(ticks(missing)));
        lines.replaceAll(line -> line.startsWith("time") ? line : line + "." + random.nextInt(1_000));
        return Files.write(folder.resolve("noisy.csv"), lines);
    }

    private Run backtest(Path csv, String... more) throws IOException {
        return judged(csv, "none", more);
    }

    private Run judged(Path csv, String models, String... more) throws IOException {
        var words = new ArrayList<>(List.of("backtest", "--csv", csv.toString(), "--time", "time", "--models", models));
        words.addAll(List.of("--horizon", "3", "--season", "6", "--out", folder + "/out"));
        words.addAll(List.of(more));
        var run = Run.of(words.toArray(String[]::new));
        assertEquals(0, run.exit(), run::err);
        return run;
    }

    private List<String> scores() throws IOException {
        return Files.readAllLines(folder.resolve("out/scores.csv")).stream()
                .skip(1)
                .toList();
    }

    @Test
    void barsAreOfTheLengthThatIsSet() throws IOException {
        backtest(ticks(0), "--set", "cadence=PT1H", "--set", "bars=sum");
        var rows = scores();
        assertEquals(TICKS / 6 - 1, rows.size(), rows::toString);
        assertTrue(rows.stream().allMatch(row -> row.contains(":00:00Z,15.0,")), rows::toString);
    }

    @Test
    void theConfigurationFileHoldsToo() throws IOException {
        var file = Files.writeString(folder.resolve("g.properties"), "cadence=PT1H\nbars=sum\n");
        backtest(ticks(0), "--config", file.toString());
        assertEquals(TICKS / 6 - 1, scores().size());
    }

    @Test
    void anOptionWinsOverBoth() throws IOException {
        var file = Files.writeString(folder.resolve("g.properties"), "cadence=PT1H\nbars=sum\n");
        backtest(ticks(0), "--config", file.toString(), "--set", "cadence=PT2H", "--cadence", "PT30M");
        assertTrue(scores().size() > TICKS / 4, scores()::toString);
    }

    /** Guesses belong to the grid on which ticks are missing. */
    @Test
    void gapsThatWereFoundAreNotFilledOnAGridThatIsSet() throws IOException {
        var found = backtest(ticks(0.3));
        assertTrue(found.err().contains("gaps are filled"), found::err);
        assertTrue(scores().stream().anyMatch(row -> row.contains("MISSING")));
        for (var cadence : List.of("PT10M", "PT20M", "none")) {
            var said = backtest(ticks(0.3), "--set", "cadence=" + cadence);
            assertFalse(said.err().contains("gaps are filled"), said::err);
            assertEquals(cadence.equals("PT10M"), said.err().contains("% are missing: gaps are left out"), said::err);
            assertFalse(scores().stream().anyMatch(row -> row.contains("MISSING")), cadence);
        }
    }

    @Test
    void barsThatAreSetAreNotFilledUnasked() throws IOException {
        var said = backtest(ticks(0.3), "--set", "bars=mean");
        assertFalse(said.err().contains("gaps are filled"), said::err);
        assertFalse(scores().stream().anyMatch(row -> row.contains("MISSING")));
    }

    private static final String MISFIT = "the ticks of 1 of 1 entity come every PT10M (median), and the ";

    private static Run train(Path csv, Path model, String... more) {
        var words = new ArrayList<>(List.of("train", "--csv", csv.toString(), "--time", "time", "--horizon", "3"));
        words.addAll(
                List.of("--model-out", model.toString(), "--set", "train.iterations=3", "--set", "train.hidden=2"));
        words.addAll(List.of("--set", "train.units=2", "--season", "6"));
        words.addAll(List.of(more));
        var run = Run.of(words.toArray(String[]::new));
        assertEquals(0, run.exit(), run::err);
        return run;
    }

    @Test
    void aCadenceThatTheTicksDoNotKeepToIsSaidSo() throws IOException {
        for (var wrong : List.of("PT1H", "PT7M", "P1D")) {
            var run = backtest(ticks(0.3), "--set", "cadence=" + wrong);
            assertTrue(run.err().contains(MISFIT + "cadence is "), run::err);
            assertTrue(train(noisy(0.3), folder.resolve("m"), "--cadence", wrong)
                    .err()
                    .contains(MISFIT + "cadence is "));
        }
        for (var right : List.of("PT10M", "auto", "none")) {
            var run = backtest(ticks(0.3), "--cadence", right);
            assertFalse(run.err().contains("(median)"), run::err);
        }
        var bars = backtest(ticks(0), "--set", "cadence=PT1H", "--set", "bars=sum");
        assertFalse(bars.err().contains("(median)"), bars::err);
    }

    @Test
    void autoIsAsIfNobodySaidAnything() throws IOException {
        var csv = noisy(0);
        var said = train(csv, folder.resolve("a"), "--set", "cadence=auto");
        assertTrue(said.out().contains("cadence: PT10M, found in the ticks\n"), said::out);
        var set = train(csv, folder.resolve("b"), "--set", "cadence=auto", "--cadence", "PT10M");
        assertTrue(set.out().contains("cadence: PT10M\n"), set::out);
        assertEquals(-1, Files.mismatch(folder.resolve("a"), folder.resolve("b")));
    }

    @Test
    void aModelThatWasTrainedOnFilledGapsJudgesTicksWithoutGapsToo() throws IOException {
        var model = folder.resolve("m");
        train(noisy(0.3), model);
        var run = judged(ticks(0), "file:" + model);
        assertFalse(run.err().contains("missing"), run::err);
        assertTrue(run.out().contains("299 ticks of 1 "), run::out);
    }

    @Test
    void aModelOfOtherStepsThanTheTicksIsSaidSo() throws IOException {
        var model = folder.resolve("m");
        train(noisy(0), model);
        var same = judged(ticks(0.3), "file:" + model);
        assertFalse(same.err().contains("(median)"), same::err);
        var hourly = new ArrayList<>(List.of("time,v"));
        for (var i = 0; i < TICKS; i++) {
            hourly.add(Instant.ofEpochMilli(i * 3_600_000L) + "," + i % 6);
        }
        var csv = Files.write(folder.resolve("h.csv"), hourly);
        var other = judged(csv, "file:" + model);
        assertTrue(other.err().contains("come every PT1H (median), and the model's cadence is PT10M"), other::err);
    }

    /** Rows without times have no use for the cadence of a topic. */
    @Test
    void rowsWithoutTimesStayRows() throws IOException {
        var csv = Files.writeString(folder.resolve("r.csv"), "x,1,2,3,4,5,6,7,8\n");
        var run = Run.of(
                "backtest",
                "--csv",
                csv.toString(),
                "--layout",
                "rows",
                "--models",
                "none",
                "--horizon",
                "2",
                "--set",
                "cadence=PT1H",
                "--season",
                "2");
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().contains("13 forecast values judged"), run::out);
    }
}
