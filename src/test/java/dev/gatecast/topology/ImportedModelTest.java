package dev.gatecast.topology;

import static dev.gatecast.topology.Rig.HOUR;
import static dev.gatecast.topology.Rig.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatecast.codec.ModelImport;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.forecast.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of PyTorch, imported, published and activated, forecasts in the topology what PyTorch would. */
class ImportedModelTest {
    private static final String RECIPE =
            """
            inputs = value, lag-2
            scaling.by = fixed
            scaling.mean = 100
            scaling.deviation = 15
            cadence = PT1H
            seasons = 24
            quantiles = 0.1, 0.5, 0.9
            """;
    private static final int HOURS = 80;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Model imported(String name) throws IOException, UndecodableException {
        var url = Objects.requireNonNull(Model.class.getResource("/dev/gatecast/codec/torch/" + name + ".safetensors"));
        var recipe = Files.writeString(folder.resolve("recipe.properties"), RECIPE);
        return ModelImport.read(Path.of(url.getPath()), recipe).model();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "lstm", "lstm-3-layers", "rnn-2-layers", "gru-2-layers-f64"})
    void forecastsLiveWhatItWouldElsewhere(String name) throws IOException, UndecodableException {
        var model = imported(name);
        try (var rig = new Rig(folder.resolve("state"))) {
            rig.publish(model);
            rig.activate(model, START, 1);
            for (int hour = 0; hour < HOURS; hour++) {
                rig.tick("a", START + hour * HOUR, Rig.wave(0, hour));
            }
            assertEquals(List.of(), rig.letters());
            var forecasts = rig.forecasts();
            assertEquals(HOURS, forecasts.size());
            var last = forecasts.get(HOURS - 1);
            assertEquals(model.id(), last.stamp().model());
            assertFalse(last.stamp().warming());
            for (int horizon = 0; horizon < 2; horizon++) {
                assertEquals(median(model, horizon), last.values()[3 * horizon + 1], 1e-3);
            }
        }
    }

    @Test
    void aSwapToAnImportedModelReprimesTheEntity() throws IOException, UndecodableException {
        var first = Rig.model(1);
        var model = imported("gru");
        try (var rig = new Rig(folder.resolve("state"))) {
            rig.publish(first);
            rig.publish(model);
            rig.activate(first, START, 1);
            rig.activate(model, START + 60 * HOUR, 2);
            for (int hour = 0; hour < HOURS; hour++) {
                rig.tick("a", START + hour * HOUR, Rig.wave(0, hour));
            }
            var last = rig.forecasts().get(HOURS - 1);
            assertEquals(model.id(), last.stamp().model());
            assertEquals(median(model, 0), last.values()[1], 1e-3);
        }
    }

    /** The median by hand, in order after sorting: inputs scaled, lags of before the first value at the mean. */
    private static float median(Model model, int horizon) {
        var network = model.recipe().networks().get(0);
        var hidden = new float[network.architecture().stateSize()];
        var scratch = network.newScratch();
        for (int hour = 0; hour < HOURS; hour++) {
            float lagged = hour < 2 ? 0 : scaled(hour - 2);
            network.step(new float[] {scaled(hour), lagged}, hidden, scratch);
        }
        var out = new float[6];
        network.head(hidden, new float[0], new float[0], out, scratch);
        Arrays.sort(out, 3 * horizon, 3 * horizon + 3);
        return 100 + 15 * out[3 * horizon + 1];
    }

    private static float scaled(int hour) {
        return (float) ((Rig.wave(0, hour) - 100) / 15);
    }
}
