package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenGradientTest {
    private static final double FLOAT_RESOLUTION = 0x1p-23;

    /** A pre-activation of which nothing is left in a float: docs/model.md says when this matters. */
    private static final double SATURATED = 100;

    private static final Tolerance CLOSE = new Tolerance(1e-4, 0);

    static List<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossAndGradientsAreTheGoldenOnes(GoldenCase golden) {
        var shape = golden.architecture();
        var batch = batch(golden);
        var backprop = backprop(shape);
        backprop.keepInputs(batch);
        var gradient = new Parameters(shape);
        var loss = backprop.gradient(parameters(golden), batch, gradient, Dropout.NONE);
        var source = golden.stretch() > SATURATED ? largest(golden.json().get("grad")) : 0;
        var tolerance = new Tolerance(1e-4 * golden.stretch(), source);
        var ofInputs = new Tolerance(tolerance.relative, source * Math.max(1, most(golden.numbers("x"))));

        var expectedLoss = golden.json().get("loss").asDouble();
        assertEquals(expectedLoss, loss, 1e-5 * golden.stretch() * expectedLoss);
        if (!golden.endsTrained()) {
            golden.tensors(golden.json().get("grad"))
                    .forEach((name, expected) -> assertClose(
                            name,
                            expected,
                            gradient.values(name),
                            name.startsWith("weight_ih") ? ofInputs : tolerance));
        }
        var dx = new float[batch.x().length];
        var inputs = golden.size("I");
        for (var t = 0; t < golden.steps(); t++) {
            for (var lane = 0; lane < golden.batch(); lane++) {
                System.arraycopy(backprop.dInput(t, lane), 0, dx, (t * golden.batch() + lane) * inputs, inputs);
            }
        }
        var weights = golden.weights().get("weight_ih_l0");
        var ofWeights =
                new Tolerance(tolerance.relative, weights == null ? source : source * Math.max(1, most(weights)));
        assertClose("x", golden.numbers("grad", "x"), dx, ofWeights);
        for (var lane = 0; lane < golden.batch(); lane++) {
            var expected = golden.startGradient(lane);
            var actual = new float[expected.length];
            for (var layer = 0; layer < golden.size("L"); layer++) {
                var width = shape.layerState();
                System.arraycopy(backprop.dStart(layer, lane), 0, actual, layer * width, width);
            }
            assertClose("start", expected, actual, tolerance);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trainingRunsGiveTheGoldenLossesNormsAndWeights(GoldenCase golden) {
        var runs = golden.json().get("train");
        assumeTrue(runs != null, "no training runs in this case");
        for (var run : runs) {
            train(golden, run);
        }
    }

    private static void train(GoldenCase golden, JsonNode run) {
        var shape = golden.architecture();
        var parameters = parameters(golden);
        var gradient = new Parameters(shape);
        var backprop = backprop(shape);
        var batch = batch(golden);
        var adam = new Adam(shape, Adam.Settings.USUAL, Map.of());
        var clip = run.get("clip_grad_norm").isNull()
                ? 1e300
                : run.get("clip_grad_norm").asDouble();
        var rate = run.get("settings").get("lr").asDouble();
        var isAdam = run.get("optimiser").asText().equals("Adam");
        var losses = GoldenCase.flat(run.get("losses_before_each_step"));
        var norms = GoldenCase.flat(run.get("grad_norms_before_clipping"));
        for (var step = 0; step < losses.length; step++) {
            var loss = backprop.gradient(parameters, batch, gradient, Dropout.NONE);
            assertEquals(losses[step], loss, 1e-5, "loss before step " + step);
            assertEquals(norms[step], gradient.clip(clip), 1e-4 * norms[step], "norm before step " + step);
            if (isAdam) {
                adam.step(parameters, gradient, rate);
            } else {
                descend(parameters, gradient, (float) rate);
            }
        }
        golden.tensors(run.get("weights_after"))
                .forEach((name, expected) -> assertClose(name, expected, parameters.values(name), CLOSE));
        if (golden.endsTrained() && !isAdam) { // the file's gradients are those of this run's last step
            golden.tensors(golden.json().get("grad"))
                    .forEach((name, expected) -> assertClose(name, expected, gradient.values(name), CLOSE));
        }
    }

    private static void descend(Parameters parameters, Parameters gradient, float rate) {
        parameters.forEach((name, rows, columns, values) -> {
            var slope = gradient.values(name);
            for (var i = 0; i < values.length; i++) {
                values[i] -= rate * slope[i];
            }
        });
    }

    private static Backprop backprop(Architecture shape) {
        return new Backprop(shape, new SquaredLoss(), Runnable::run);
    }

    private static Parameters parameters(GoldenCase golden) {
        return Parameters.of(golden.network());
    }

    /** Scored at every step or at the last one. */
    private static Batch batch(GoldenCase golden) {
        var steps = golden.steps();
        var all = golden.json().get("loss_on").asText().equals("all");
        var origins = IntStream.range(all ? 0 : steps - 1, steps).toArray();
        var target = golden.floats("target");
        var size = golden.batch();
        var known = Arrays.copyOfRange(target, origins[0] * size * golden.size("O"), target.length);
        var weight = new float[origins.length * size];
        Arrays.fill(weight, 1);
        var initial = new float[size * golden.architecture().stateSize()];
        for (var lane = 0; lane < size; lane++) {
            var state = GoldenCase.toFloats(golden.start(lane));
            System.arraycopy(state, 0, initial, lane * state.length, state.length);
        }
        var scored = new Batch.Scored(origins, new float[0], new float[0], known, weight);
        return new Batch(steps, size, golden.floats("x"), initial, scored);
    }

    /**
     * What an error may be.
     *
     * @param relative to the tensor's largest number
     * @param largest of all tensors' numbers, times what the slopes are multiplied with, for weights of inputs the largest input, for
     *     inputs the largest weight, where units are saturated: there 1 - n² is as exact as
     *     a float near 1, so small gradients are exact to the resolution of the large ones that they come from; 0 elsewhere
     */
    private record Tolerance(double relative, double largest) {
        double of(double[] expected) {
            return relative * most(expected) + FLOAT_RESOLUTION * largest + 1e-10;
        }
    }

    private static double largest(JsonNode gradients) {
        var most = 0.0;
        for (var tensor : gradients) {
            most = Math.max(most, most(GoldenCase.flat(tensor)));
        }
        return most;
    }

    private static double most(double[] values) {
        return Arrays.stream(values).map(Math::abs).reduce(0, Math::max);
    }

    private static void assertClose(String name, double[] expected, float[] actual, Tolerance tolerance) {
        for (var i = 0; i < expected.length; i++) {
            var error = Math.abs(expected[i] - actual[i]);
            var at = name + "[" + i + "]: expected " + expected[i] + ", actual " + actual[i];
            assertTrue(error <= tolerance.of(expected), at);
        }
    }
}
