package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.support.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models brought in from PyTorch, backtested, and taken out again. */
class ModelFilesTest {
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

    private Path weights() throws IOException {
        try (var in = ModelFilesTest.class.getResourceAsStream("/dev/gatecast/codec/torch/gru.safetensors")) {
            return Files.write(
                    folder.resolve("gru.safetensors"),
                    Objects.requireNonNull(in).readAllBytes());
        }
    }

    private static Run gatecast(String... arguments) {
        return Run.of(arguments);
    }

    @Test
    void ofAModelWithARecipeForEachTargetOneIsExported() throws IOException {
        var recipes = new TreeMap<>(Map.of(
                "heat", Models.random(1).recipe(), "load", Models.random(2).recipe()));
        var model = new ModelCodec().name(recipes, new Lineage(new TreeMap<>()));
        var file = Files.write(folder.resolve("both.model"), new ModelCodec().encode(model));
        var single = Files.write(folder.resolve("one.model"), new ModelCodec().encode(Models.random(2)));
        assertEquals(
                "gatecast models export: --target: one of [heat, load] was expected, as the model has a recipe for each, got nothing",
                export(file).err().strip());
        assertEquals(
                "gatecast models export: --target: one of [heat, load] was expected, as the model has a recipe for each, got rain",
                export(file, "--target", "rain").err().strip());
        assertEquals(
                "gatecast models export: --target: nothing was expected, as the model has one recipe, got load",
                export(single, "--target", "load").err().strip());
        var load = export(file, "--target", "load");
        assertEquals(0, load.exit(), load::err);
        var ofLoad = Files.readAllBytes(folder.resolve("out.onnx"));
        assertEquals(0, export(single).exit());
        assertArrayEquals(Files.readAllBytes(folder.resolve("out.onnx")), ofLoad);
    }

    private Run export(Path model, String... more) {
        var out = folder.resolve("out.onnx").toString();
        var all = new ArrayList<>(List.of("models", "export", model.toString(), "--to", "onnx", "--out", out));
        all.addAll(List.of(more));
        return gatecast(all.toArray(String[]::new));
    }

    @Test
    void aModelOfPyTorchIsImportedBacktestedAndExported() throws IOException {
        var recipe = Files.writeString(folder.resolve("recipe.properties"), RECIPE);
        var model = folder.resolve("gru.model");
        var imported = gatecast(
                "models",
                "import",
                "--from",
                weights().toString(),
                "--recipe",
                recipe.toString(),
                "--out",
                model.toString());
        assertEquals(0, imported.exit(), imported::err);
        assertTrue(imported.out().contains("the same numbers on 3 sequences"), imported::out);

        var tested = gatecast(
                "backtest",
                "--csv",
                ticks().toString(),
                "--entity",
                "entity",
                "--time",
                "time",
                "--cadence",
                "PT1H",
                "--season",
                "24",
                "--horizon",
                "2",
                "--models",
                "file:" + model,
                "--out",
                folder.resolve("out").toString());
        assertEquals(0, tested.exit(), tested::err);
        assertTrue(Files.readString(folder.resolve("out/forecasts.csv")).lines().count() > 300, tested::out);

        for (var format : new String[] {"safetensors", "onnx"}) {
            var file = folder.resolve("again." + format);
            var exported = gatecast("models", "export", model.toString(), "--to", format, "--out", file.toString());
            assertEquals(0, exported.exit(), exported::err);
            assertTrue(Files.size(file) > 500);
        }
        var again = gatecast(
                "models",
                "import",
                "--from",
                folder.resolve("again.safetensors").toString(),
                "--out",
                folder.resolve("again.model").toString());
        assertEquals(0, again.exit(), again::err);
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        var recipe = Files.writeString(folder.resolve("recipe.properties"), RECIPE + "colour = red\n");
        var refused = gatecast("models", "import", "--from", weights().toString(), "--recipe", recipe.toString());
        assertEquals(2, refused.exit());
        assertTrue(refused.err().contains("recipe: colour is not known"), refused::err);
        assertEquals(1, refused.err().lines().count(), refused::err);
        var missing = gatecast(
                "models", "import", "--from", folder.resolve("none.safetensors").toString());
        assertEquals(2, missing.exit(), missing::err);
        var format = gatecast("models", "export", "x", "--to", "pickle", "--out", "y");
        assertEquals(2, format.exit(), format::err);
    }

    private Path ticks() throws IOException {
        var text = new StringBuilder("entity,time,value\n");
        for (var hour = 0; hour < 24 * 10; hour++) {
            text.append("a,%s,%.3f%n"
                    .formatted(
                            Instant.ofEpochSecond(3600L * hour),
                            20 + 4 * Math.sin(hour * Math.PI / 12) + hour % 7 / 10.0));
        }
        return Files.writeString(folder.resolve("ticks.csv"), text);
    }
}
