package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.model.CellKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that Keras 3.15 wrote (keras/make.py) become models that give Keras' numbers. */
class KerasImportTest {
    private static final String RECIPE =
            """
            "inputs": ["value", "lag-2"], "scaling": {"by": "fixed", "mean": 20, "deviation": 4},
            "cadence": "PT1H", "seasons": [24], "quantiles": [0.1, 0.5, 0.9]
            """;

    @TempDir
    Path folder;

    private static Path file(String name) {
        return Path.of(Objects.requireNonNull(KerasImportTest.class.getResource("keras/" + name), name)
                .getPath());
    }

    private ModelImport.Imported read(String name, String more) throws IOException, UndecodableException {
        var check = Files.readString(file(name.substring(0, name.indexOf('.')) + ".json"));
        var recipe = check.substring(0, check.lastIndexOf('}')) + ", " + RECIPE + more + "}";
        return ModelImport.read(file(name), Files.writeString(folder.resolve("recipe.json"), recipe));
    }

    @ParameterizedTest
    @CsvSource({
        "gru.weights.h5, GRU, 1",
        "gru-2-layers.weights.h5, GRU, 2",
        "gru-no-bias.weights.h5, GRU, 1",
        "gru-reset-before.weights.h5, GRU_CLASSIC, 1",
        "gru-reset-before-no-bias.keras, GRU_CLASSIC, 1",
        "gru-archive.keras, GRU, 1",
        "lstm.weights.h5, LSTM, 1",
        "rnn.weights.h5, RNN, 1"
    })
    void everyCellGivesKerasNumbers(String name, CellKind cell, int layers) throws IOException, UndecodableException {
        var imported = read(name, "");
        var sizes = imported.model().recipe().networks().get(0).architecture();
        assertEquals(3, imported.sequences());
        assertTrue(imported.difference() < 2e-6, "difference " + imported.difference());
        assertEquals(cell, sizes.cell());
        assertEquals(layers, sizes.layers());
    }

    @Test
    void aHeadWithAHiddenLayerIsRead() throws IOException, UndecodableException {
        var names = ", \"head.hidden.weight\": \"dense.weight\", \"head.weight\": \"dense_1.weight\"";
        var recipe = read("gru-relu-head.keras", names).model().recipe();
        assertEquals(7, recipe.networks().get(0).architecture().head().units());
    }

    @Test
    void anotherActivationIsRefused() {
        var refused = assertThrows(UndecodableException.class, () -> read("gru-wrong-activation.keras", ""));
        assertEquals("layer GRU: activation tanh was expected, not relu", refused.getMessage());
    }

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        for (var name : new String[] {"gru.weights.h5", "gru-archive.keras"}) {
            var sound = Files.readAllBytes(file(name));
            var random = new Random(3);
            for (var i = 0; i < 600; i++) {
                var damaged =
                        random.nextInt(4) == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
                for (var flips = random.nextInt(6); flips > 0 && damaged.length > 0; flips--) {
                    damaged[random.nextInt(Math.min(damaged.length, 3000))] = (byte) random.nextInt();
                }
                assertTimeout(Duration.ofSeconds(2), () -> decode(name, damaged));
            }
        }
    }

    /** Also where the entry that holds too much is none that is looked at. */
    @ParameterizedTest
    @CsvSource({"notes.txt", "model.weights.h5", "config.json"})
    void aZipThatGrowsOutOfProportionIsRefused(String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            for (var i = 0; i < 16; i++) {
                zip.write(new byte[1 << 20]);
            }
        }
        var refused = assertThrows(UndecodableException.class, () -> KerasFile.archive(bytes.toByteArray()));
        var message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("at most "), message);
    }

    private static void decode(String name, byte[] bytes) {
        try {
            if (name.endsWith(".keras")) {
                KerasFile.archive(bytes);
            } else {
                KerasFile.weights(bytes);
            }
        } catch (UndecodableException expected) {
            assertTrue(String.valueOf(expected.getMessage()).length() < 600);
        }
    }
}
