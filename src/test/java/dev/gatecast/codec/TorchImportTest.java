package dev.gatecast.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.model.CellKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that PyTorch 1.13 wrote (torch/make.py) become models that give PyTorch's numbers. */
class TorchImportTest {
    private static final String RECIPE =
            """
            inputs = value, lag-2
            scaling.by = fixed
            scaling.mean = 20
            scaling.deviation = 4
            cadence = PT1H
            seasons = 24
            quantiles = 0.1, 0.5, 0.9
            """;

    @TempDir
    Path folder;

    private static Path file(String name) {
        var url = Objects.requireNonNull(TorchImportTest.class.getResource("torch/" + name), name);
        return Path.of(url.getPath());
    }

    private ModelImport.Imported read(String name, String recipe) throws IOException, UndecodableException {
        var beside = Files.writeString(folder.resolve("recipe.properties"), recipe);
        return ModelImport.read(file(name + ".safetensors"), beside);
    }

    private String refusal(String name, String recipe) {
        var refused = assertThrows(UndecodableException.class, () -> read(name, recipe));
        return String.valueOf(refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "gru, GRU, 1, 5",
        "gru-2-layers-f64, GRU, 2, 5",
        "gru-no-bias, GRU, 1, 5",
        "lstm, LSTM, 1, 5",
        "lstm-3-layers, LSTM, 3, 4",
        "rnn-2-layers, RNN, 2, 5"
    })
    void everyCellGivesPyTorchsNumbers(String name, CellKind cell, int layers, int hidden)
            throws IOException, UndecodableException {
        var imported = read(name, RECIPE);
        var recipe = imported.model().recipe();
        var sizes = recipe.networks().get(0).architecture();
        assertEquals(3, imported.sequences());
        assertTrue(imported.difference() < 2e-6, "difference " + imported.difference());
        assertEquals(cell, sizes.cell());
        assertEquals(layers, sizes.layers());
        assertEquals(hidden, sizes.hidden());
        assertEquals(2, recipe.horizons());
        assertEquals(3, recipe.levels().length);
    }

    @ParameterizedTest
    @CsvSource({"gru-f16", "gru-bf16"})
    void weightsOfHalfLengthAreRead(String name) throws IOException, UndecodableException {
        var imported = read(name, RECIPE + Files.readString(file(name + ".properties")));
        assertEquals(3, imported.sequences());
    }

    @Test
    void aHeadWithAHiddenLayerIsRead() throws IOException, UndecodableException {
        var names = "head.hidden.weight = head.0.weight\nhead.weight = head.2.weight\n";
        var sizes = read("gru-relu-head", RECIPE + names)
                .model()
                .recipe()
                .networks()
                .get(0)
                .architecture();
        assertEquals(7, sizes.head().units());
    }

    @Test
    void theHeadOfChangesAddsTheNewestValue() throws IOException, UndecodableException {
        var recipe = read(
                        "gru-relu-head",
                        RECIPE + "target = change\n"
                                + "head.hidden.weight = head.0.weight\nhead.weight = head.2.weight\n")
                .model()
                .recipe();
        var network = recipe.networks().get(0);
        var hidden = new float[network.architecture().stateSize()];
        var absolute = new float[6];
        var moved = new float[6];
        network.head(hidden, new float[] {0}, new float[0], absolute, network.newScratch());
        network.head(hidden, new float[] {1.5f}, new float[0], moved, network.newScratch());
        for (var i = 0; i < moved.length; i++) {
            assertEquals(absolute[i] + 1.5f, moved[i], 1e-6);
        }
    }

    @Test
    void outputsByQuantileFirstAreTurned() throws IOException, UndecodableException {
        var straight = read("gru", RECIPE).model().recipe().networks().get(0).tensors();
        var turned = read("gru", RECIPE + "outputs.order = quantile")
                .model()
                .recipe()
                .networks()
                .get(0)
                .tensors();
        var from = Objects.requireNonNull(straight.get("head.out.bias")).data;
        var to = Objects.requireNonNull(turned.get("head.out.bias")).data;
        for (var horizon = 0; horizon < 2; horizon++) {
            for (var quantile = 0; quantile < 3; quantile++) {
                assertEquals(from[quantile * 2 + horizon], to[horizon * 3 + quantile]);
            }
        }
    }

    @Test
    void aWrongGateIsNoticed() throws IOException, UndecodableException {
        assertTrue(refusal(
                        "gru-f16",
                        RECIPE
                                + Files.readString(file("gru-f16.properties"))
                                        .replaceFirst("check.outputs=[^,]*", "check.outputs=9"))
                .startsWith("check: output 0 of sequence 0: "));
        assertTrue(refusal("lstm", RECIPE + "cell = gru").contains("the shape [15] was expected, not [20]"));
    }

    @Test
    void aRecipeThatDoesNotFitIsRefused() {
        assertTrue(refusal("gru", RECIPE.replace("value, lag-2", "value")).contains("[15, 1] was expected"));
        assertTrue(refusal("gru", RECIPE.replace("lag-2", "lagg-2")).contains("got lagg-2"));
        assertTrue(refusal("gru", RECIPE + "horizon = 3").contains("6 outputs are not 3 horizons of 3 quantiles"));
        assertTrue(refusal("gru", RECIPE + "horizons = 2").contains("horizons is not known"));
        assertTrue(refusal("gru", RECIPE.replace("cadence = PT1H", "")).contains("cadence is missing"));
        assertTrue(refusal("gru", RECIPE.replace("0.5,", "0.4,")).contains("0.5 among the quantile levels"));
        assertTrue(refusal("gru", RECIPE.replace("= 4", "= 0")).contains("deviation > 0"));
        assertTrue(refusal("gru-f16", RECIPE).contains("check.inputs is missing"));
        assertTrue(refusal("gru-relu-head", RECIPE).contains("head.weight is missing"));
        assertTrue(
                refusal("gru-relu-head", RECIPE + "head.weight = head.0.weight").contains("7 outputs are not"));
    }

    @Test
    void aTensorThatWouldBeLostIsRefusedUnlessTheRecipeSaysSo() throws IOException, UndecodableException {
        var names = "head.weight = head.0.weight\nquantiles = 0.5\n";
        var shorter = RECIPE.replace("quantiles = 0.1, 0.5, 0.9", "") + names;
        assertTrue(refusal("gru-relu-head", shorter).contains("outputs each were expected"));
        var renamed = RECIPE + "head.hidden.weight = head.0.weight\nhead.weight = head.2.weight\n"
                + "head.bias = head.bias\n";
        assertTrue(refusal("gru-relu-head", renamed).startsWith("check: output 0"));
    }

    @Test
    void theFeaturesAreCheckedWhereTheRecipeGivesTheirValues() throws IOException, UndecodableException {
        var inputs = new StringBuilder("check.inputs = ");
        var values = new StringBuilder("check.values = ");
        for (var step = 0; step < 9; step++) {
            values.append(step > 0 ? "," : "").append(20 + step);
            inputs.append(step > 0 ? ";" : "").append(step / 4.0).append(",").append(Math.max(0, (step - 2) / 4.0));
        }
        var network = read("gru", RECIPE).model().recipe().networks().get(0);
        assertEquals(2, network.architecture().inputs());
        var text = new RecipeText(RecipeText.properties((RECIPE + inputs + "\n" + values + "\n").getBytes(UTF_8)));
        new ImportCheck(text, new TreeMap<>()).check(ImportedFeatures.read(text, 0));
        var wrong = RECIPE.replace("mean = 20", "mean = 21") + inputs + "\n" + values + "\n";
        var other = new RecipeText(RecipeText.properties(wrong.getBytes(UTF_8)));
        var refused = assertThrows(UndecodableException.class, () -> new ImportCheck(other, new TreeMap<>())
                .check(ImportedFeatures.read(other, 0)));
        assertEquals("check: input value of step 0: 0.0 was expected, not -0.25", refused.getMessage());
    }

    @Test
    void aRecipeInJsonSaysTheSame() throws IOException, UndecodableException {
        var json =
                """
                {"inputs": ["value", "lag-2"], "scaling": {"by": "fixed", "mean": 20, "deviation": 4},
                 "cadence": "PT1H", "seasons": [24], "quantiles": [0.1, 0.5, 0.9]}
                """;
        var beside = Files.writeString(folder.resolve("recipe.json"), json);
        var one = ModelImport.read(file("gru.safetensors"), beside).model();
        assertEquals(read("gru", RECIPE).model().id(), one.id());
    }
}
