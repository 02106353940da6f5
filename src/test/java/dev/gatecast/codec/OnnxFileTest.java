package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.GaussianOutput;
import dev.gatecast.model.Network;
import dev.gatecast.model.RandomNetworks;
import dev.gatecast.support.Models;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ONNX Runtime runs our files and gives our numbers. */
class OnnxFileTest {
    private static final float TOLERANCE = 3e-6f;
    private static final int STEPS = 20;

    private final OrtEnvironment runtime = OrtEnvironment.getEnvironment();

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void aStepOfEveryCellAndDepthIsTheSame(CellKind cell) throws OrtException {
        for (var layers = 1; layers <= 4; layers++) {
            var head = new Architecture.Head(0, 0, 0, 1, 1);
            var network = RandomNetworks.network(new Architecture(cell, 5, 7, layers, head), 40 + layers);
            try (var session = runtime.createSession(OnnxFile.step(network))) {
                walk(network, session);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void theForecastOfSeveralNetworksIsTheSame(CellKind cell) throws OrtException {
        var spec = Models.spec(Transform.IDENTITY);
        var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 9, 3, Models.LEVELS.length);
        var sizes = new Architecture(cell, spec.inputs(), 6, 2, head);
        forecasts(new Recipe(
                spec, List.of(RandomNetworks.network(sizes, 1), RandomNetworks.network(sizes, 2)), Models.LEVELS, 1));
    }

    @Test
    void aHeadThatIsOneLinearMapIsTheSame() throws OrtException {
        var spec = new FeatureSpec(
                Transform.IDENTITY,
                FeatureSpec.Seasons.NONE,
                new FeatureSpec.Windows(4, 0, 8),
                0,
                false,
                new FeatureSpec.Spread(1, 0.1));
        var sizes = new Architecture(CellKind.GRU, spec.inputs(), 6, 1, new Architecture.Head(0, 0, 0, 2, 3));
        forecasts(new Recipe(spec, List.of(RandomNetworks.network(sizes, 3)), new float[] {0.1f, 0.5f, 0.9f}, 1));
    }

    @Test
    void whatOnnxHasNoPlaceForIsRefused() {
        var head = new Architecture.Head(0, 0, 0, 2, 3);
        var options = new Architecture.Options(true, Architecture.Options.NO_DECAY, Attention.DOT, 3);
        var attends = RandomNetworks.network(new Architecture(CellKind.GRU, 5, 7, 1, head, options), 1);
        assertThrows(IllegalArgumentException.class, () -> OnnxFile.step(attends));
        var spec = Models.spec(Transform.IDENTITY);
        var gaussian = new Architecture.Head(spec.windows().profile(), spec.extras(), 9, 3, new GaussianOutput());
        var sizes = new Architecture(CellKind.GRU, spec.inputs(), 6, 1, gaussian);
        var recipe = new Recipe(spec, List.of(RandomNetworks.network(sizes, 1)), Models.LEVELS, 1);
        assertThrows(IllegalArgumentException.class, () -> OnnxFile.of(recipe));
    }

    @Test
    void theFileSaysWhatTheInputsAre() throws OrtException {
        var recipe = Models.random(5).recipe();
        try (var session = runtime.createSession(OnnxFile.of(recipe))) {
            assertEquals("gatecast", session.getMetadata().getProducerName());
            assertEquals(
                    String.join(",", recipe.spec().inputNames()),
                    session.getMetadata().getCustomMetadata().get("gatecast.inputs"));
        }
    }

    @Test
    void equalRecipesGiveEqualFiles() {
        assertArrayEquals(
                OnnxFile.of(Models.random(7).recipe()),
                OnnxFile.of(Models.random(7).recipe()));
    }

    private void walk(Network network, OrtSession session) throws OrtException {
        var sizes = network.architecture();
        var random = new Random(9);
        var ours = new float[sizes.stateSize()];
        var theirs = new float[sizes.stateSize()];
        var scratch = network.newScratch();
        for (var step = 0; step < STEPS; step++) {
            var input = RandomNetworks.numbers(sizes.inputs(), 3, random);
            network.step(input, ours, scratch);
            var given = new TreeMap<String, OnnxTensor>();
            given.put("input", tensor(input, 1, 1, sizes.inputs()));
            given.put("hidden", tensor(theirs, theirs.length / sizes.hidden(), 1, sizes.hidden()));
            theirs = run(session, given).getOrDefault("hidden_next", new float[0]);
            assertArrayEquals(ours, theirs, TOLERANCE);
        }
    }

    /** A window of steps for two entities at once, in one run of theirs. */
    private void forecasts(Recipe recipe) throws OrtException {
        var sizes = recipe.networks().get(0).architecture();
        var random = new Random(4);
        var inputs = RandomNetworks.numbers(STEPS * 2 * sizes.inputs(), 3, random);
        var profiles = RandomNetworks.numbers(2 * sizes.head().profile(), 3, random);
        var extras = RandomNetworks.numbers(2 * sizes.head().extras(), 1, random);
        var states = recipe.networks().size() * sizes.layers() * sizes.cell().states();
        var given = new TreeMap<String, OnnxTensor>();
        given.put("input", tensor(inputs, STEPS, 2, sizes.inputs()));
        given.put("hidden", tensor(new float[states * 2 * sizes.hidden()], states, 2, sizes.hidden()));
        if (profiles.length > 0) {
            given.put("profile", tensor(profiles, 2, profiles.length / 2));
        }
        if (extras.length > 0) {
            given.put("extras", tensor(extras, 2, extras.length / 2));
        }
        try (var session = runtime.createSession(OnnxFile.of(recipe))) {
            var theirs = run(session, given).getOrDefault("forecast", new float[0]);
            var ours = new ArrayList<Float>();
            for (var lane = 0; lane < 2; lane++) {
                for (var value : ours(recipe, inputs, half(profiles, lane), half(extras, lane), lane)) {
                    ours.add(value);
                }
            }
            assertEquals(ours.size(), theirs.length);
            for (var i = 0; i < theirs.length; i++) {
                assertEquals(ours.get(i), theirs[i], TOLERANCE);
            }
        }
    }

    private static float[] ours(Recipe recipe, float[] inputs, float[] profile, float[] extras, int lane) {
        var sizes = recipe.networks().get(0).architecture();
        var mean = new float[sizes.head().outputs()];
        for (var network : recipe.networks()) {
            var scratch = network.newScratch();
            var hidden = new float[sizes.stateSize()];
            for (var step = 0; step < STEPS; step++) {
                var from = (2 * step + lane) * sizes.inputs();
                network.step(Arrays.copyOfRange(inputs, from, from + sizes.inputs()), hidden, scratch);
            }
            var out = new float[mean.length];
            network.head(hidden, profile, extras, out, scratch);
            for (var i = 0; i < out.length; i += sizes.head().quantiles()) {
                Arrays.sort(out, i, i + sizes.head().quantiles());
            }
            for (var i = 0; i < out.length; i++) {
                mean[i] += out[i] / recipe.networks().size();
            }
        }
        return mean;
    }

    private static float[] half(float[] values, int lane) {
        return Arrays.copyOfRange(values, lane * values.length / 2, (lane + 1) * values.length / 2);
    }

    private OnnxTensor tensor(float[] values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(runtime, FloatBuffer.wrap(values), shape);
    }

    private static Map<String, float[]> run(OrtSession session, Map<String, OnnxTensor> given) throws OrtException {
        var results = new TreeMap<String, float[]>();
        try (var result = session.run(given)) {
            for (var entry : result) {
                var buffer = ((OnnxTensor) entry.getValue()).getFloatBuffer();
                var values = new float[buffer.remaining()];
                buffer.get(values);
                results.put(entry.getKey(), values);
            }
        }
        given.values().forEach(OnnxTensor::close);
        return results;
    }
}
