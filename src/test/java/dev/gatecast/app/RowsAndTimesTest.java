package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.support.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows without times beside models and options of steps in time. */
class RowsAndTimesTest {
    private static final int ROWS = 200;

    @TempDir
    private Path folder;

    private String rows() throws IOException {
        var text = new StringBuilder();
        for (var name : List.of("x", "y")) {
            text.append(name);
            for (var row = 0; row < ROWS; row++) {
                text.append(',').append(50 + Math.round(20 * Math.sin(row * Math.PI / 6)) + row * 37 % 5);
            }
            text.append('\n');
        }
        return Files.writeString(folder.resolve("rows.csv"), text).toString();
    }

    private static Run run(String command, String csv, String... more) {
        var words = new ArrayList<>(List.of(command, "--csv", csv, "--layout", "rows"));
        words.addAll(List.of(more));
        return Run.of(words.toArray(String[]::new));
    }

    private static void refused(String message, Run run) {
        assertEquals(2, run.exit(), run::out);
        assertTrue(run.err().contains(message), run::err);
    }

    @Test
    void aModelOfHoursIsNotUsedOnRows() throws IOException {
        var hourly = folder.resolve("hourly.model");
        ModelFile.write(Models.random(1), hourly);
        var message =
                "the model's steps are PT1H apart, so ticks with times are expected, and these have numbers instead:"
                        + " give --time COLUMN";
        refused(message, run("backtest", rows(), "--models", "file:" + hourly));
        refused(message, run("train", rows(), "--champion", hourly.toString(), "--model-out", folder + "/new.model"));
    }

    @Test
    void rowsHaveNoCadenceInTime() throws IOException {
        var message = "--cadence PT1H is a time, and the ticks have numbers instead, each a step";
        refused(message, run("backtest", rows(), "--models", "none", "--cadence", "PT1H"));
        assertEquals(
                0,
                run("backtest", rows(), "--models", "none", "--cadence", "none").exit());
    }

    @Test
    void aModelOfRowsIsJudgedBesideAnotherOfRows() throws IOException {
        var csv = rows();
        var model = folder.resolve("rows.model").toString();
        var trained = run(
                "train",
                csv,
                "--season",
                "12",
                "--horizon",
                "3",
                "--train-until",
                "150",
                "--model-out",
                model,
                "--set",
                "train.iterations=5",
                "--set",
                "train.hidden=2",
                "--set",
                "train.units=2");
        assertEquals(0, trained.exit(), trained::err);
        var both = run(
                "backtest", csv, "--train-until", "150", "--models", "file:" + model, "--contender", "file:" + model);
        assertEquals(0, both.exit(), both::err);
        assertTrue(both.out().contains("rows.model"), both::out);
    }
}
