package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTest {
    private static final float[] LEVELS = {0.025f, 0.1f, 0.5f, 0.9f, 0.975f};

    static List<Output> outputs() {
        return List.of(
                new QuantileOutput(5),
                new GaussianOutput(),
                new StudentOutput(1),
                new StudentOutput(4),
                new StudentOutput(5),
                new FreeStudentOutput(),
                new DirectionOutput(-0.5f, 0.25f),
                new DirectedOutput(5, new DirectionOutput(-0.5f, 0.25f)));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void itsTextNamesIt(Output output) {
        assertEquals(output, Output.of(output.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quantiles",
                "quantiles 0",
                "quantiles x",
                "gaussian 1",
                "student-t 0",
                "student-t",
                "student-t auto 1",
                "direction 1 0",
                "direction 1",
                "quantiles 5 direction 1 0",
                "quantiles 0 direction 0 1",
                "quantiles 5 gaussian 0 1"
            })
    void aTextThatNamesNoneIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Output.of(text));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void theGradientIsTheOneOfCentralDifferences(Output output) {
        var random = new Random(3);
        var loss = output.loss(LEVELS);
        var d = new float[output.width() + 2];
        var other = new float[d.length];
        for (var i = 0; i < 200; i++) {
            var out = RandomNetworks.numbers(d.length, 2, random);
            var target = 3 * (float) random.nextGaussian();
            loss.of(out, 1, target, 0.5f, d);
            for (var k = 1; k <= output.width(); k++) {
                var old = out[k];
                out[k] = old + 0.001f;
                var above = out[k];
                var up = loss.of(out, 1, target, 1, other);
                out[k] = old - 0.001f;
                var slope = (up - loss.of(out, 1, target, 1, other)) / ((double) above - out[k]);
                out[k] = old;
                assertEquals(0.5 * slope, d[k], 2e-3 * (1 + Math.abs(slope)), output + " " + k);
            }
            assertEquals(0, d[0]);
            assertEquals(0, d[d.length - 1]);
        }
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void extremeNumbersGiveFiniteLossesAndQuantiles(Output output) {
        var loss = output.loss(LEVELS);
        var out = new float[output.width()];
        var d = new float[out.length];
        for (var size : new float[] {0, 1e-30f, 50, -50, 1e5f, -1e5f}) {
            for (var target : new float[] {0, 1e5f, -1e5f}) {
                for (var k = 0; k < out.length; k++) {
                    out[k] = k % 2 == 0 ? size : -size;
                }
                assertTrue(Double.isFinite(loss.of(out, 0, target, 1, d)), output + " at " + size);
                for (var slope : d) {
                    assertTrue(Float.isFinite(slope), output + " at " + size);
                }
                if (output.gives(LEVELS.length)) {
                    var quantiles = new float[LEVELS.length];
                    output.fan(LEVELS).quantiles(out, quantiles);
                    for (var quantile : quantiles) {
                        assertTrue(Float.isFinite(quantile));
                    }
                }
            }
        }
    }

    @Test
    void theQuantilesAreThoseOfTheTables() {
        assertArrayEquals(
                new float[] {-1.959964f, -1.281552f, 0, 1.281552f, 1.959964f}, standard(new GaussianOutput()), 2e-6f);
        assertArrayEquals(
                new float[] {-12.7062f, -3.077684f, 0, 3.077684f, 12.7062f}, standard(new StudentOutput(1)), 2e-5f);
        assertArrayEquals(
                new float[] {-2.776445f, -1.533206f, 0, 1.533206f, 2.776445f}, standard(new StudentOutput(4)), 2e-6f);
        assertArrayEquals(
                new float[] {-2.570582f, -1.475884f, 0, 1.475884f, 2.570582f}, standard(new StudentOutput(5)), 2e-6f);
    }

    /** k of 1/ν, and with it the quantiles of that ν, between the table's steps as well. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 7, 30, 300})
    void aFreeStudentHasTheQuantilesOfItsDegrees(int degrees) {
        var levels = new float[] {0.005f, 0.1f, 0.3f, 0.5f, 0.9f, 0.995f};
        var expected = new StudentOutput(degrees).standard(levels);
        var actual = new float[levels.length];
        new FreeStudentOutput()
                .fan(levels)
                .quantiles(new float[] {1, (float) StrictMath.log(2), (float) -StrictMath.log(degrees - 1)}, actual);
        for (var i = 0; i < levels.length; i++) {
            assertEquals(1 + 2 * expected[i], actual[i], 1e-6f + 5e-4f * 2 * Math.abs(expected[i]));
        }
    }

    /** Γ(½) = √π and Γ(n + 1) = n Γ(n) give the peaks of whole degrees, differences the slopes between. */
    @Test
    void thePeakOfStudentsTIsThatOfItsFormula() {
        assertEquals(StrictMath.log(1 / Math.PI), Tails.logPeak(1), 3e-11);
        assertEquals(StrictMath.log(1 / Math.sqrt(8)), Tails.logPeak(2), 3e-11);
        for (var degrees = 1.0; degrees < 1_000; degrees *= 1.37) {
            var next = Tails.logPeak(degrees)
                    + StrictMath.log((degrees + 1) / degrees * Math.sqrt(degrees / (degrees + 2)));
            assertEquals(next, Tails.logPeak(degrees + 2), 5e-11);
            var step = 1e-4 * degrees;
            var slope = (Tails.logPeak(degrees + step) - Tails.logPeak(degrees - step)) / (2 * step);
            assertEquals(slope, Tails.logPeakSlope(degrees), 1e-6 * Math.abs(slope) + 1e-9);
        }
    }

    private static float[] standard(Output output) {
        var quantiles = new float[LEVELS.length];
        output.fan(LEVELS).quantiles(new float[2], quantiles);
        return quantiles;
    }

    @Test
    void theLossesAreThoseOfTheTables() {
        var d = new float[3];
        var out = new float[] {1, (float) StrictMath.log(2), 0};
        assertEquals(2.112085713764618, new GaussianOutput().loss(LEVELS).of(out, 0, 3, 1, d), 1e-6);
        // ln 2 - ln of the density of t with 5 degrees at 1, which is 0.219679797
        assertEquals(2.208727, new StudentOutput(5).loss(LEVELS).of(out, 0, 3, 1, d), 1e-5);
        var free = new float[] {1, (float) StrictMath.log(2), (float) -StrictMath.log(4)}; // 1 + 4 degrees
        assertEquals(2.208727, new FreeStudentOutput().loss(LEVELS).of(free, 0, 3, 1, d), 1e-5);
        assertEquals(Math.log(3), new DirectionOutput(-1, 1).loss(LEVELS).of(new float[3], 0, 0, 1, d), 1e-7);
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void fittedNumbersGiveTheirOwnQuantilesBack(Output output) {
        if (output.gives(LEVELS.length)) {
            var numbers = new float[2 * output.width()];
            var free = output instanceof DirectedOutput directed ? directed.count() : output.width();
            for (var i = 0; i < numbers.length; i++) {
                numbers[i] = i % output.width() < free ? 0.3f * i : 0; // directions start alike
            }
            var fan = output.fan(LEVELS);
            var quantiles = new float[2 * LEVELS.length];
            var again = new float[numbers.length];
            fan.quantiles(numbers, quantiles);
            output.fit(quantiles, LEVELS, again);
            assertArrayEquals(numbers, again, 1e-5f);
        }
    }

    @Test
    void aDirectionHasProbabilitiesAndAnAccuracy() {
        var output = new DirectionOutput(-0.5f, 0.5f);
        var numbers = new float[] {3, 1, 1, 0, 0, 5, 1, 2, 1};
        var probabilities = new float[9];
        output.probabilities(numbers, probabilities);
        assertEquals(0.7869860f, probabilities[0], 1e-6f);
        assertEquals(1, probabilities[3] + probabilities[4] + probabilities[5], 1e-6f);
        assertEquals(1.0, output.accuracy(numbers, new float[] {-1, 0.6f, 0.5f}));
        assertEquals(0.5, output.accuracy(numbers, new float[] {-1, Float.NaN, -0.6f}));
        assertThrows(IllegalStateException.class, () -> output.fan(LEVELS));
    }

    @Test
    void aDirectedHeadCostsItsQuantilesAndAShareOfItsDirection() {
        var direction = new DirectionOutput(-0.5f, 0.25f);
        var output = new DirectedOutput(5, direction);
        var out = new float[] {-2, -1, 0, 1, 2, 0.5f, -1, 1.5f};
        var classes = new float[] {0.5f, -1, 1.5f};
        var d = new float[8];
        var other = new float[8];
        var target = 0.6f;
        for (var newest : new float[] {0, 0.5f, 2}) {
            var quantiles = new QuantileOutput(5).loss(LEVELS).of(out, 0, target, 1, other);
            var entropy = direction.loss(LEVELS).of(classes, 0, target - newest, 1, other);
            assertEquals(
                    quantiles + 5 * DirectedOutput.SHARE * entropy,
                    output.loss(LEVELS).of(out, 0, target, newest, 1, d),
                    1e-6);
            assertEquals(DirectedOutput.SHARE * entropy, output.cost(out, 0, target - newest), 1e-9);
        }
        var quantiles = new float[5];
        output.fan(LEVELS).quantiles(out, quantiles);
        assertArrayEquals(new float[] {-2, -1, 0, 1, 2}, quantiles);
        var added = new float[3];
        var alone = new float[3];
        output.addProbabilities(out, added);
        direction.probabilities(classes, alone);
        assertArrayEquals(alone, added);
    }

    @Test
    void aMoveInTrainingIsTakenFromTheNewestOfTheRecentValues() {
        var output = new DirectedOutput(5, new DirectionOutput(-0.5f, 0.25f));
        var shape = new Architecture(CellKind.GRU, 2, 5, 1, new Architecture.Head(3, 0, 4, 2, output));
        var batch = RandomBatches.batch(shape, 3, 2, new Random(5));
        var parameters = Parameters.initial(shape, LEVELS, 1);
        var skip = parameters.values("head.out.bias");
        for (var i = 0; i < skip.length; i++) {
            skip[i] = 0.1f * i * i;
        }
        var network = parameters.freeze();
        var scored = batch.scored();
        var sum = 0.0;
        var weights = 0.0;
        var d = new float[shape.head().outputs()];
        for (var lane = 0; lane < 2; lane++) {
            var state = RandomBatches.initial(shape, batch, lane);
            var scratch = network.newScratch();
            for (var step = 0; step < 3; step++) {
                network.step(RandomBatches.input(shape, batch, step, lane), state, scratch);
                var origin = step - 1; // origins are steps 1 and 2
                if (origin >= 0) {
                    var forecast = 2 * origin + lane;
                    var profile = RandomBatches.slice(scored.profile(), forecast, 3);
                    var out = new float[d.length];
                    network.head(state, profile, new float[0], out, scratch);
                    for (var h = 0; h < 2; h++) {
                        var target = scored.target()[2 * forecast + h];
                        sum += scored.weight()[forecast]
                                * output.loss(LEVELS).of(out, h * output.width(), target, profile[2], 1, d);
                    }
                    weights += scored.weight()[forecast] * 2 * output.terms();
                }
            }
        }
        assertEquals(sum / weights, new Backprop(shape, LEVELS).loss(parameters, batch), 1e-6);
    }

    /** Where an input says whether the targets come of a normal distribution or of one with two degrees of freedom. */
    @Test
    void aFreeStudentLearnsHowHeavyTheTailsAre() {
        var random = new Random(11);
        var n = 1_000;
        var x = new float[n];
        var target = new float[n];
        var weight = new float[n];
        for (var i = 0; i < n; i++) {
            x[i] = i % 2 == 0 ? 1 : -1;
            var degrees = Math.hypot(random.nextGaussian(), random.nextGaussian()) / Math.sqrt(2);
            target[i] = (float) (random.nextGaussian() / (i % 2 == 0 ? degrees : 1));
            weight[i] = 1;
        }
        var shape = new Architecture(CellKind.RNN, 1, 3, 1, new Architecture.Head(0, 0, 0, 1, new FreeStudentOutput()));
        var scored = new Batch.Scored(new int[] {0}, new float[0], new float[0], target, weight);
        var batch = new Batch(1, n, x, new float[0], scored);
        var parameters = Parameters.initial(shape, LEVELS, 1);
        var backprop = new Backprop(shape, LEVELS);
        var gradient = new Parameters(shape);
        var adam = new Adam(shape, Adam.Settings.USUAL, Map.of());
        for (var i = 0; i < 1_500; i++) {
            backprop.gradient(parameters, batch, gradient, Dropout.NONE);
            adam.step(parameters, gradient, 0.05);
        }
        var network = parameters.freeze();
        assertEquals(2, degrees(network, 1), 0.5);
        assertTrue(degrees(network, -1) > 10, "normal: " + degrees(network, -1));
    }

    private static double degrees(Network network, float x) {
        var state = new float[3];
        var out = new float[3];
        network.step(new float[] {x}, state, network.newScratch());
        network.head(state, new float[0], new float[0], out, network.newScratch());
        return 1 + Math.exp(-out[2]);
    }

    /** The skip path is the linear forecast: of a distribution it moves the location, and nothing else. */
    @ParameterizedTest
    @MethodSource("outputs")
    void theSkipPathMovesWhereTheForecastLiesAlone(Output output) {
        var shape = new Architecture(CellKind.GRU, 2, 5, 1, new Architecture.Head(3, 0, 0, 2, output));
        var network = RandomNetworks.network(shape, 3);
        var low = new float[shape.head().outputs()];
        var high = new float[low.length];
        network.head(new float[shape.stateSize()], new float[] {-1, -2, 1}, new float[0], low, network.newScratch());
        network.head(new float[shape.stateSize()], new float[] {3, 2, -4}, new float[0], high, network.newScratch());
        for (var k = 0; k < low.length; k++) {
            var horizon = k / output.width();
            var moves = k % output.width() < output.located();
            var moved = moves ? high[horizon * output.width()] - low[horizon * output.width()] : 0;
            assertEquals(moved, high[k] - low[k], 1e-6f, output + " at " + k);
            assertEquals(moves, high[k] != low[k]);
        }
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void trainingLowersTheLoss(Output output) {
        var head = new Architecture.Head(2, 0, 4, 3, output);
        var shape = new Architecture(CellKind.GRU, 2, 5, 1, head);
        var batch = RandomBatches.batch(shape, 6, 8, new Random(5));
        var parameters = Parameters.initial(shape, LEVELS, 1);
        var backprop = new Backprop(shape, LEVELS);
        var gradient = new Parameters(shape);
        var adam = new Adam(shape, Adam.Settings.USUAL, Map.of());
        var first = backprop.loss(parameters, batch);
        for (var i = 0; i < 300; i++) {
            backprop.gradient(parameters, batch, gradient, Dropout.NONE);
            gradient.clip(1);
            adam.step(parameters, gradient, 0.02);
        }
        var last = backprop.loss(parameters, batch);
        assertTrue(last < first - 0.2, () -> output + ": loss from " + first + " to " + last);
    }
}
