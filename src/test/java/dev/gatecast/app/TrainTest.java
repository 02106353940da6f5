package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
    @TempDir
    private Path folder = Path.of("");

    private Path csv(int rows) throws IOException {
        var random = new Random(1);
        var lines = new ArrayList<>(List.of("n,a,b"));
        for (int row = 0; row < rows; row++) {
            double wave = Math.sin(2 * Math.PI * row / 24);
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%.4f,%.4f",
                    row,
                    10 + 2 * wave + 0.4 * random.nextGaussian(),
                    50 - 7 * wave + 1.4 * random.nextGaussian()));
        }
        return Files.write(folder.resolve("waves.csv"), lines);
    }

    private static Run train(Path csv, String... more) {
        var arguments = new ArrayList<>(List.of("train", "--csv", csv.toString(), "--layout", "wide"));
        arguments.addAll(List.of("--time", "n", "--time-format", "number", "--season", "24", "--horizon", "4"));
        arguments.addAll(List.of("--set", "train.iterations=20", "--set", "train.hidden=4"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    @Test
    void writesAModelOfCsvFilesWithTheGatesWord() throws IOException {
        var file = folder.resolve("models").resolve("waves.model");
        var run = train(csv(700), "--train-until", "650", "--model-out", file.toString());
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().contains("the challenger beats every naive forecast"), run::out);
        var model = ModelFile.read(file);
        assertTrue(run.out().contains("model " + model.id() + " is in " + file), run::out);
        assertEquals(4, model.recipe().horizons());
        assertFalse(model.recipe().spec().calendar());
    }

    @Test
    void asksWhereTheModelGoes() throws IOException {
        var run = train(csv(700));
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("--model-out"), run::err);
    }

    @Test
    void saysHowMuchHistoryItNeeds() throws IOException {
        var run = train(csv(20), "--model-out", folder.resolve("none").toString());
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("that selecting a model needs"), run::err);
        assertFalse(Files.exists(folder.resolve("none")));
    }
}
