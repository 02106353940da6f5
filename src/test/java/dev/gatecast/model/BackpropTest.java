package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackpropTest {
    private static final Architecture SMALL =
            new Architecture(CellKind.GRU, 3, 5, 2, new Architecture.Head(4, 2, 6, 3, 3));
    private static final float[] LEVELS = {0.1f, 0.5f, 0.9f};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theLossIsTheOneOfTheReferenceAndOfSingleSteps(long seed) {
        var random = new Random(seed);
        var shape = RandomNetworks.architecture(random);
        var network = RandomNetworks.network(shape, seed);
        var batch = batch(shape, 9, 21, random);
        var levels = levels(shape);
        var loss = new Backprop(shape, levels).loss(Parameters.of(network), batch);
        assertEquals(referenceLoss(RandomNetworks.reference(network), shape, batch, levels), loss, 2e-6);
        assertEquals(liveLoss(network, batch, levels), loss, 1e-6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void theGradientIsTheOneOfCentralDifferencesForAnyShape(long seed) {
        var random = new Random(seed);
        var shape = RandomNetworks.architecture(random);
        var network = RandomNetworks.network(shape, seed);
        var batch = batch(shape, 7, 5, random);
        var levels = levels(shape);
        var gradient = new Parameters(shape);
        new Backprop(shape, levels).gradient(Parameters.of(network), batch, gradient, Dropout.NONE);
        var weights = RandomNetworks.doubles(network.tensors());
        var reference = new ReferenceNetwork(shape, weights);
        var scale = gradient.norm();
        weights.forEach((name, values) -> {
            for (var i = 0; i < values.length; i += 1 + values.length / 7) {
                var slope = slope(values, i, () -> referenceLoss(reference, shape, batch, levels));
                assertEquals(slope, gradient.values(name)[i], 2e-5 * scale, name + "[" + i + "] of " + shape);
            }
        });
    }

    private static double slope(double[] values, int i, DoubleSupplier loss) {
        var old = values[i];
        var step = 1e-7;
        values[i] = old + step;
        var up = loss.getAsDouble();
        values[i] = old - step;
        var down = loss.getAsDouble();
        values[i] = old;
        return (up - down) / (2 * step);
    }

    @Test
    void theGradientWithDropoutIsTheOneOfTheSameUnitsDropped() {
        var random = new Random(5);
        var batch = batch(SMALL, 7, 5, random);
        var backprop = new Backprop(SMALL, new SquaredHorizons(), Runnable::run);
        var parameters = Parameters.of(RandomNetworks.network(SMALL, 5));
        var gradient = new Parameters(SMALL);
        var dropout = new Dropout(0.4f, 11);
        backprop.gradient(parameters, batch, gradient, dropout);
        var other = new Parameters(SMALL);
        var scale = gradient.norm();
        parameters.forEach((name, rows, columns, values) -> {
            for (var i = 0; i < values.length; i += 3) {
                var old = values[i];
                values[i] = old + 0.01f;
                var up = backprop.gradient(parameters, batch, other, dropout);
                values[i] = old - 0.01f;
                var down = backprop.gradient(parameters, batch, other, dropout);
                values[i] = old;
                assertEquals((up - down) / 0.02, gradient.values(name)[i], 3e-3 * scale, name + "[" + i + "]");
            }
        });
    }

    @Test
    void dropoutDropsItsShareAndKeepsTheMean() {
        var factors = new float[100_000];
        new Dropout(0.3f, 7).mask(1, factors, 0, factors.length);
        var sum = 0.0;
        var dropped = 0;
        for (var factor : factors) {
            sum += factor;
            dropped += factor == 0 ? 1 : 0;
        }
        assertEquals(0.3, dropped / 100_000.0, 0.005);
        assertEquals(1, sum / 100_000, 0.01);
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        var random = new Random(9);
        var batch = batch(SMALL, 11, 70, random);
        var parameters = Parameters.of(RandomNetworks.network(SMALL, 9));
        var dropout = new Dropout(0.2f, 3);
        var one = new Parameters(SMALL);
        var many = new Parameters(SMALL);
        var loss = new Backprop(SMALL, LEVELS).gradient(parameters, batch, one, dropout);
        var threads = Executors.newFixedThreadPool(3);
        try {
            var parallel = new Backprop(SMALL, LEVELS, threads);
            for (var i = 0; i < 20; i++) {
                assertEquals(loss, parallel.gradient(parameters, batch, many, dropout));
                one.forEach((name, rows, columns, values) -> assertArrayEquals(values, many.values(name), name));
            }
        } finally {
            threads.shutdown();
        }
        var refused = new Backprop(SMALL, LEVELS, threads);
        assertThrows(IllegalStateException.class, () -> refused.loss(parameters, batch));
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void nothingIsAllocatedAfterTheFirstCall(CellKind kind) {
        var shape = new Architecture(kind, 3, 8, 2, new Architecture.Head(4, 2, 6, 3, 3));
        var batch = batch(shape, 7, 20, new Random(1));
        var backprop = new Backprop(shape, LEVELS);
        var parameters = Parameters.initial(shape, LEVELS, 1);
        var gradient = new Parameters(shape);
        var adam = new Adam(shape, Adam.Settings.USUAL, Map.of());
        var dropout = new Dropout(0.1f, 1);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var least = Long.MAX_VALUE;
        for (var round = 0; round < 200; round++) { // the virtual machine itself allocates now and then
            var before = threads.getCurrentThreadAllocatedBytes();
            backprop.gradient(parameters, batch, gradient, dropout);
            gradient.clip(1);
            adam.step(parameters, gradient, 0.001);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes allocated in a training step");
    }

    @Test
    void weightlessForecastsAndUnknownTargetsDoNotCount() {
        var random = new Random(2);
        var batch = batch(SMALL, 7, 4, random);
        var target = batch.scored().target();
        var weight = batch.scored().weight();
        Arrays.fill(weight, 1);
        weight[0] = 0;
        target[4] = Float.NaN;
        var backprop = new Backprop(SMALL, LEVELS);
        var parameters = Parameters.of(RandomNetworks.network(SMALL, 2));
        var gradient = new Parameters(SMALL);
        var before = backprop.gradient(parameters, batch, gradient, Dropout.NONE);
        target[0] = 1e6f;
        assertEquals(before, backprop.gradient(parameters, batch, gradient, Dropout.NONE));
        assertTrue(Double.isFinite(gradient.norm()));
        Arrays.fill(target, Float.NaN);
        assertRefused(
                "batch: expected a known target with a weight, actual none", () -> backprop.loss(parameters, batch));
    }

    @Test
    void trainingLearnsToForecastASine() {
        var shape = new Architecture(CellKind.GRU, 1, 8, 1, new Architecture.Head(0, 0, 8, 2, 3));
        var parameters = Parameters.initial(shape, LEVELS, 3);
        var gradient = new Parameters(shape);
        var backprop = new Backprop(shape, LEVELS);
        var adam = new Adam(shape, Adam.Settings.USUAL, Map.of());
        var batch = sines();
        var first = backprop.loss(parameters, batch);
        for (var i = 0; i < 300; i++) {
            backprop.gradient(parameters, batch, gradient, Dropout.NONE);
            gradient.clip(1);
            adam.step(parameters, gradient, 0.01);
        }
        var last = backprop.loss(parameters, batch);
        assertTrue(last < first / 5, () -> "loss from " + first + " to " + last);
    }

    private static Batch sines() {
        var steps = 24;
        var size = 8;
        var x = new float[steps * size];
        var target = new float[8 * size * 2];
        for (var lane = 0; lane < size; lane++) {
            for (var t = 0; t < steps; t++) {
                x[t * size + lane] = (float) StrictMath.sin(0.5 * t + lane);
            }
            for (var origin = 0; origin < 8; origin++) {
                for (var horizon = 0; horizon < 2; horizon++) {
                    target[(origin * size + lane) * 2 + horizon] =
                            (float) StrictMath.sin(0.5 * (16 + origin + 1 + horizon) + lane);
                }
            }
        }
        var weight = new float[8 * size];
        Arrays.fill(weight, 1);
        var origins = new int[] {16, 17, 18, 19, 20, 21, 22, 23};
        return new Batch(
                steps, size, x, new float[0], new Batch.Scored(origins, new float[0], new float[0], target, weight));
    }

    @Test
    void aTensorWithFactorZeroIsFrozen() {
        var parameters = Parameters.of(RandomNetworks.network(SMALL, 2));
        var before = parameters.copy();
        var gradient = Parameters.of(RandomNetworks.network(SMALL, 3));
        var adam = new Adam(SMALL, new Adam.Settings(0.9, 0.999, 1e-8, 0.1), Map.of("head.skip.weight", 0f));
        adam.step(parameters, gradient, 0.1);
        assertArrayEquals(before.values("head.skip.weight"), parameters.values("head.skip.weight"));
        assertNotEquals(before.values("head.skip.bias")[0], parameters.values("head.skip.bias")[0]);
        assertThrows(
                IllegalArgumentException.class, () -> new Adam(SMALL, Adam.Settings.USUAL, Map.of("head.skip", 0f)));
    }

    @Test
    void initialParametersAreSeededBoundedAndForecastAFan() {
        var start = Parameters.initial(SMALL, LEVELS, 4);
        start.forEach((name, rows, columns, values) -> {
            assertArrayEquals(values, Parameters.initial(SMALL, LEVELS, 4).values(name), name);
            for (var value : values) {
                assertTrue(Math.abs(value) <= (float) (1 / Math.sqrt(5)), name);
            }
        });
        assertNotEquals(
                start.values("weight_hh_l1")[0],
                Parameters.initial(SMALL, LEVELS, 5).values("weight_hh_l1")[0]);
        var network = start.freeze();
        var out = new float[9];
        network.head(new float[10], new float[4], new float[2], out, network.newScratch());
        assertArrayEquals(new float[] {-0.24f, 0, 0.24f, -0.24f, 0, 0.24f, -0.24f, 0, 0.24f}, out, 1e-6f);
    }

    @Test
    void parametersAndNetworksHoldTheSameNumbers() {
        var network = RandomNetworks.network(SMALL, 6);
        var again = Parameters.of(network).freeze();
        network.tensors()
                .forEach((name, tensor) -> assertArrayEquals(
                        tensor.data, Objects.requireNonNull(again.tensors().get(name)).data));
    }

    @Test
    void aBatchThatDoesNotFitIsRefused() {
        var backprop = new Backprop(SMALL, LEVELS);
        var parameters = Parameters.initial(SMALL, LEVELS, 4);
        var good = batch(SMALL, 7, 4, new Random(1));
        var scored = good.scored();
        assertRefused(
                "x: expected 84 values, actual 83",
                () -> backprop.loss(parameters, new Batch(7, 4, new float[83], new float[0], scored)));
        var late =
                new Batch.Scored(new int[] {2, 7}, scored.profile(), scored.extras(), scored.target(), scored.weight());
        assertRefused(
                "origin: expected more than 2 and below 7, actual 7",
                () -> backprop.loss(parameters, new Batch(7, 4, good.x(), new float[0], late)));
        assertRefused(
                "level 1: expected ascending numbers between 0 and 1, actual 0.1",
                () -> new Backprop(SMALL, new float[] {0.1f, 0.1f, 0.9f}));
        assertRefused("dropout: expected 0 to 0.95, actual 1.0", () -> new Dropout(1, 0));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    /** Squared errors of every quantile: smooth, so that differences in float arithmetic mean something. */
    private static final class SquaredHorizons implements Loss {
        @Override
        public double of(float[] out, float[] target, int at, float share, float[] d) {
            var quantiles = out.length / SMALL.head().horizons();
            var sum = 0.0;
            for (var k = 0; k < out.length; k++) {
                var error = out[k] - target[at + k / quantiles];
                sum += (double) error * error;
                d[k] = 2 * error * share;
            }
            return sum;
        }
    }

    private static float[] levels(Architecture shape) {
        var levels = new float[shape.head().quantiles()];
        for (var i = 0; i < levels.length; i++) {
            levels[i] = (i + 1f) / (levels.length + 1);
        }
        return levels;
    }

    /** Random numbers, two origins, weights of 0, 1 and 2. */
    private static Batch batch(Architecture shape, int steps, int size, Random random) {
        var head = shape.head();
        var origins = new int[] {steps / 2, steps - 1};
        var forecasts = origins.length * size;
        var weight = new float[forecasts];
        for (var i = 0; i < forecasts; i++) {
            weight[i] = i % 3;
        }
        var scored = new Batch.Scored(
                origins,
                RandomNetworks.numbers(forecasts * head.profile(), 2, random),
                RandomNetworks.numbers(forecasts * head.extras(), 2, random),
                RandomNetworks.numbers(forecasts * head.horizons(), 2, random),
                weight);
        return new Batch(
                steps,
                size,
                RandomNetworks.numbers(steps * size * shape.inputs(), 2, random),
                RandomNetworks.numbers(size * shape.stateSize(), 1, random),
                scored);
    }

    private interface Forecaster {
        double[] forecast(float[] profile, float[] extras);
    }

    private static double referenceLoss(ReferenceNetwork reference, Architecture shape, Batch batch, float[] levels) {
        var sum = 0.0;
        var total = 0.0;
        for (var lane = 0; lane < batch.size(); lane++) {
            var h = RandomNetworks.toDoubles(initial(shape, batch, lane));
            for (var t = 0; t < batch.steps(); t++) {
                reference.step(RandomNetworks.toDoubles(input(shape, batch, t, lane)), h);
                var origin = Arrays.binarySearch(batch.scored().origins(), t);
                if (origin >= 0) {
                    var weight = batch.scored().weight()[origin * batch.size() + lane];
                    total += weight * shape.head().outputs();
                    sum += weight
                            * pinball(
                                    shape,
                                    batch,
                                    origin,
                                    lane,
                                    levels,
                                    (profile, extras) -> reference.head(
                                            h, RandomNetworks.toDoubles(profile), RandomNetworks.toDoubles(extras)));
                }
            }
        }
        return sum / total;
    }

    private static double liveLoss(Network network, Batch batch, float[] levels) {
        var shape = network.architecture();
        var scratch = network.newScratch();
        var sum = 0.0;
        var total = 0.0;
        var out = new float[shape.head().outputs()];
        for (var lane = 0; lane < batch.size(); lane++) {
            var h = initial(shape, batch, lane);
            for (var t = 0; t < batch.steps(); t++) {
                network.step(input(shape, batch, t, lane), h, scratch);
                var origin = Arrays.binarySearch(batch.scored().origins(), t);
                if (origin >= 0) {
                    var weight = batch.scored().weight()[origin * batch.size() + lane];
                    total += weight * out.length;
                    sum += weight
                            * pinball(shape, batch, origin, lane, levels, (profile, extras) -> {
                                network.head(h, profile, extras, out, scratch);
                                return RandomNetworks.toDoubles(out);
                            });
                }
            }
        }
        return sum / total;
    }

    private static double pinball(
            Architecture shape, Batch batch, int origin, int lane, float[] levels, Forecaster forecaster) {
        var head = shape.head();
        var forecast = origin * batch.size() + lane;
        var out = forecaster.forecast(
                slice(batch.scored().profile(), forecast, head.profile()),
                slice(batch.scored().extras(), forecast, head.extras()));
        var target = slice(batch.scored().target(), forecast, head.horizons());
        var sum = 0.0;
        for (var k = 0; k < out.length; k++) {
            var error = target[k / levels.length] - out[k];
            var level = (double) levels[k % levels.length];
            sum += Math.max(level * error, (level - 1) * error);
        }
        return sum;
    }

    private static float[] slice(float[] all, int i, int n) {
        return Arrays.copyOfRange(all, i * n, (i + 1) * n);
    }

    private static float[] input(Architecture shape, Batch batch, int step, int lane) {
        return slice(batch.x(), step * batch.size() + lane, shape.inputs());
    }

    private static float[] initial(Architecture shape, Batch batch, int lane) {
        return slice(batch.initial(), lane, shape.stateSize());
    }
}
