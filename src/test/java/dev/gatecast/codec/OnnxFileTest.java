package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatecast.feature.Categories;
import dev.gatecast.feature.Context;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.DirectedOutput;
import dev.gatecast.model.Network;
import dev.gatecast.model.Output;
import dev.gatecast.model.RandomNetworks;
import dev.gatecast.support.Models;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "gaussian, GRU",
        "gaussian, LSTM",
        "student-t 5, GRU",
        "student-t auto, GRU",
        "student-t auto, RNN",
        "quantiles 5 direction -0.5 0.25, GRU",
        "quantiles 5 direction -0.5 0.25, GRU_CLASSIC"
    })
    void distributionsAndDirectionsAreTheSame(String output, CellKind cell) throws OrtException {
        var spec = Models.spec(Transform.IDENTITY);
        for (var units : List.of(0, 9)) {
            var plain = units == 0
                    ? new FeatureSpec(
                            Transform.IDENTITY, spec.seasons(), spec.windows(), Models.HOUR, false, spec.spread())
                    : spec;
            var head = new Architecture.Head(plain.windows().profile(), plain.extras(), units, 3, Output.of(output));
            var sizes = new Architecture(cell, plain.inputs(), 6, 2, head);
            forecasts(new Recipe(
                    plain,
                    List.of(RandomNetworks.network(sizes, 1), RandomNetworks.network(sizes, 2)),
                    Models.LEVELS,
                    1));
        }
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void aLearnedStartIsTheInitialState(CellKind cell) throws OrtException {
        var spec = Models.spec(Transform.IDENTITY);
        var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 9, 3, Models.LEVELS.length);
        var options = new Architecture.Options(true, Architecture.Options.NO_DECAY, Attention.NONE, 0);
        var sizes = new Architecture(cell, spec.inputs(), 6, 2, head, options);
        forecasts(new Recipe(
                spec, List.of(RandomNetworks.network(sizes, 1), RandomNetworks.network(sizes, 2)), Models.LEVELS, 1));
    }

    @Test
    void whatIsLearnedOfCategoriesIsTheSame() throws OrtException {
        forecasts(Models.withContext(3, Models.categories("express", "local", "night"))
                .recipe());
        var context = new Context(Models.days(), Models.fields("load").past(), new Categories(List.of("a", "b")));
        var one = Models.withContext(4, context).recipe();
        var other = Models.withContext(5, context).recipe();
        var networks = List.of(one.networks().get(0), other.networks().get(0));
        forecasts(new Recipe(one.spec(), networks, Models.LEVELS, 1));
    }

    @Test
    void whatOnnxHasNoPlaceForIsRefused() {
        var head = new Architecture.Head(0, 0, 0, 2, 3);
        for (var options : List.of(
                new Architecture.Options(true, Architecture.Options.NO_DECAY, Attention.DOT, 3),
                new Architecture.Options(true, 2, Attention.NONE, 0))) {
            var network = RandomNetworks.network(new Architecture(CellKind.GRU, 5, 7, 1, head, options), 1);
            var refused = assertThrows(IllegalArgumentException.class, () -> OnnxFile.step(network));
            var actual = options.attention() == Attention.DOT ? "dot attention " : "decay";
            assertEquals(
                    "ONNX's recurrent operators have no place for a state that decays with time (train.state.decay) or that"
                            + " attention looks back at (train.attention): expected a network without, actual "
                            + actual,
                    refused.getMessage());
        }
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
        var width = sizes.options().categories().width();
        var random = new Random(4);
        var inputs = RandomNetworks.numbers(STEPS * 2 * (sizes.inputs() - width), 3, random);
        var profiles = RandomNetworks.numbers(2 * sizes.head().profile(), 3, random);
        var extras = RandomNetworks.numbers(2 * (sizes.head().extras() - width), 1, random);
        var states = recipe.networks().size() * sizes.layers() * sizes.cell().states();
        var given = new TreeMap<String, OnnxTensor>();
        given.put("input", tensor(inputs, STEPS, 2, sizes.inputs() - width));
        if (profiles.length > 0) {
            given.put("profile", tensor(profiles, 2, profiles.length / 2));
        }
        if (extras.length > 0) {
            given.put("extras", tensor(extras, 2, extras.length / 2));
        }
        if (width > 0) {
            given.put("category", OnnxTensor.createTensor(runtime, LongBuffer.wrap(new long[] {1, 0}), new long[] {2}));
        }
        try (var session = runtime.createSession(OnnxFile.of(recipe))) {
            var start = new float[states * 2 * sizes.hidden()];
            if (sizes.options().learnedStart()) { // what the file says it is, the same for both
                var zeros = new TreeMap<>(given);
                zeros.put("hidden", tensor(start, states, 2, sizes.hidden()));
                var learned = run(session, zeros).getOrDefault("hidden_start", new float[0]);
                for (var i = 0; i < start.length; i++) {
                    start[i] = learned[i / (2 * sizes.hidden()) * sizes.hidden() + i % sizes.hidden()];
                }
            }
            given.put("hidden", tensor(start, states, 2, sizes.hidden()));
            var theirs = run(session, given);
            for (var lane = 0; lane < 2; lane++) {
                var ours = ours(recipe, inputs, half(profiles, lane), half(extras, lane), lane);
                assertSame(ours.forecast, half(theirs.getOrDefault("forecast", new float[0]), lane));
                assertSame(ours.directions, half(theirs.getOrDefault("directions", new float[0]), lane));
            }
        }
        given.values().forEach(OnnxTensor::close);
    }

    private static void assertSame(float[] ours, float[] theirs) {
        assertEquals(ours.length, theirs.length);
        for (var i = 0; i < theirs.length; i++) {
            assertEquals(ours[i], theirs[i], TOLERANCE * Math.max(1, Math.abs(ours[i])));
        }
    }

    private record Ours(float[] forecast, float[] directions) {}

    /** As the forecaster makes them: quantiles of each network, in order, averaged. */
    private static Ours ours(Recipe recipe, float[] inputs, float[] profile, float[] extras, int lane) {
        var sizes = recipe.networks().get(0).architecture();
        var head = sizes.head();
        var width = sizes.options().categories().width();
        var levels = recipe.levels().length;
        var mean = new float[head.horizons() * levels];
        var directions = new float[head.output() instanceof DirectedOutput ? head.horizons() * 3 : 0];
        for (var network : recipe.networks()) {
            var scratch = network.newScratch();
            var hidden = new float[sizes.stateSize()];
            network.start(hidden, 0);
            var further = Arrays.copyOf(extras, head.extras());
            for (var step = 0; step < STEPS; step++) {
                var from = (2 * step + lane) * (sizes.inputs() - width);
                var given = Arrays.copyOfRange(inputs, from, from + sizes.inputs() - width);
                var input = Arrays.copyOf(given, sizes.inputs());
                network.embed(1 - lane, input, further);
                network.step(input, hidden, scratch);
            }
            var numbers = new float[head.outputs()];
            network.head(hidden, profile, further, numbers, scratch);
            var out = new float[mean.length];
            head.output().fan(recipe.levels()).quantiles(numbers, out);
            for (var i = 0; i < out.length; i += levels) {
                Arrays.sort(out, i, i + levels);
            }
            for (var i = 0; i < out.length; i++) {
                mean[i] += out[i] / recipe.networks().size();
            }
            if (head.output() instanceof DirectedOutput directed) {
                directed.addProbabilities(numbers, directions);
            }
        }
        for (var i = 0; i < directions.length; i++) {
            directions[i] /= recipe.networks().size();
        }
        return new Ours(mean, directions);
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
        return results;
    }
}
