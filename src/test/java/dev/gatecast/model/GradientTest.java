package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every gradient beside central differences of the double-precision twin, over seeded random shapes. */
class GradientTest {
    private static final double STEP = 1e-7;

    static Stream<Arguments> cells() {
        return Stream.of(CellKind.values()).flatMap(kind -> Stream.iterate(1L, seed -> seed <= 16, seed -> seed + 1)
                .map(seed -> Arguments.of(kind, seed)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void theLossIsTheOneOfTheReferenceAndOfSingleSteps(long seed) {
        var random = new Random(seed);
        var shape = RandomNetworks.architecture(random);
        var network = RandomNetworks.network(shape, seed);
        var batch = RandomBatches.batch(shape, 9, 21, random, new int[0], seed % 2 == 0);
        var levels = RandomBatches.levels(shape);
        var loss = new Backprop(shape, levels).loss(Parameters.of(network), batch);
        var reference = new ReferenceLoss(shape, levels);
        assertEquals(reference.of(RandomNetworks.reference(network), batch), loss, 2e-6);
        assertEquals(reference.live(network, batch), loss, 1e-6);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void theGradientIsTheOneOfCentralDifferences(CellKind kind, long seed) {
        var random = new Random(seed);
        var shape = RandomNetworks.architecture(random, kind);
        var batch = RandomBatches.batch(shape, 7, 5, random, new int[0], seed % 2 == 0);
        check(shape, batch, Dropout.NONE, seed);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void theGradientWithDropoutIsTheOneOfTheSameUnitsDropped(CellKind kind, long seed) {
        var random = new Random(100 + seed);
        var shape = RandomNetworks.architecture(random, kind);
        var batch = RandomBatches.batch(shape, 7, 5, random, new int[0], seed % 2 == 0);
        check(shape, batch, new Dropout(0.4f, seed), seed);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void theGradientOfSequencesOfSeveralLengthsIsTheOneOfCentralDifferences(CellKind kind, long seed) {
        var random = new Random(200 + seed);
        var shape = RandomNetworks.architecture(random, kind);
        var batch = RandomBatches.batch(shape, 7, 5, random, new int[] {7, 6, 4, 4, 1}, seed % 2 == 0);
        check(shape, batch, new Dropout(seed % 3 == 0 ? 0.3f : 0, seed), seed);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void theGradientOfCategoriesIsTheOneOfCentralDifferences(CellKind kind, long seed) {
        var random = new Random(300 + seed);
        var layers = 1 + (int) seed % 2;
        var options = new Architecture.Options(
                seed % 3 == 0,
                seed % 4 == 0 ? 0 : Architecture.Options.NO_DECAY,
                seed % 5 == 0 ? Attention.DOT : Attention.NONE,
                seed % 5 == 0 ? 2 : 0,
                new Architecture.Categories(4, 2));
        var shape = new Architecture(kind, 5, 6, layers, new Architecture.Head(3, 4, 7, 2, 3), options);
        var lengths = seed % 2 == 0 ? new int[0] : new int[] {7, 6, 4, 4, 1};
        var plain = RandomBatches.batch(shape, 7, 5, random, lengths, seed % 2 == 0);
        var batch = new Batch(
                7, 5, plain.x(), plain.initial(), plain.scored(), lengths, new int[] {2, 0, 2, 3, 0}); // none of row 1
        check(shape, batch, new Dropout(seed % 3 == 0 ? 0.3f : 0, seed), seed);
        var network = RandomNetworks.network(shape, seed);
        var levels = RandomBatches.levels(shape);
        var loss = new Backprop(shape, levels).loss(Parameters.of(network), batch);
        assertEquals(new ReferenceLoss(shape, levels).live(network, batch), loss, 1e-6);
    }

    static Stream<Arguments> distributions() {
        return Stream.of(
                        Arguments.of(new GaussianOutput(), new ReferenceLoss.GaussianLoss()),
                        Arguments.of(new StudentOutput(1), new ReferenceLoss.StudentLoss(2, 1)),
                        Arguments.of(new StudentOutput(4), new ReferenceLoss.StudentLoss(2, 4)),
                        Arguments.of(new FreeStudentOutput(), new ReferenceLoss.StudentLoss(3, 0)))
                .flatMap(pair ->
                        Stream.of(1L, 2L, 3L, 4L).map(seed -> Arguments.of(pair.get()[0], pair.get()[1], seed)));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void theGradientOfADistributionIsTheOneOfCentralDifferences(Output output, ReferenceLoss.Loss loss, long seed) {
        var random = new Random(400 + seed);
        var any = RandomNetworks.architecture(random);
        var head = new Architecture.Head(seed < 4 ? 5 : 0, 0, (int) seed % 3 * 4, 3, output);
        var shape = new Architecture(any.cell(), any.inputs(), any.hidden(), any.layers(), head, any.options());
        var batch = RandomBatches.batch(shape, 7, 5, random, new int[0], seed % 2 == 0);
        check(shape, batch, new ReferenceLoss(shape, loss, Dropout.NONE), Dropout.NONE, seed);
    }

    private static void check(Architecture shape, Batch batch, Dropout dropout, long seed) {
        var levels = RandomBatches.levels(shape);
        var losses = new ReferenceLoss(shape, new ReferenceLoss.PinballLoss(levels), dropout);
        check(shape, batch, losses, dropout, seed);
    }

    private static void check(Architecture shape, Batch batch, ReferenceLoss losses, Dropout dropout, long seed) {
        var network = RandomNetworks.network(shape, seed);
        var levels = RandomBatches.levels(shape);
        var backprop = new Backprop(shape, levels);
        if (batch.categories().length == 0) {
            backprop.keepInputs(batch);
        }
        var gradient = new Parameters(shape);
        var loss = backprop.gradient(Parameters.of(network), batch, gradient, dropout);
        var weights = RandomNetworks.doubles(network.tensors());
        var reference = new ReferenceNetwork(shape, weights);
        assertEquals(losses.of(reference, batch), loss, 3e-6 * Math.max(1, loss));
        var scale = gradient.norm();
        weights.forEach((name, values) -> {
            for (var i = 0; i < values.length; i += 1 + values.length / 7) {
                var slope = slope(values, i, () -> losses.of(reference, batch));
                assertEquals(slope, gradient.values(name)[i], 2e-5 * scale, name + "[" + i + "] of " + shape);
            }
        });
        if (batch.categories().length == 0) {
            inputs(shape, batch, backprop, () -> losses.of(reference, batch), scale);
        }
        starts(shape, batch, backprop, () -> losses.of(reference, batch), scale);
    }

    /** Of every step. */
    private static void inputs(Architecture shape, Batch batch, Backprop backprop, DoubleSupplier loss, double scale) {
        for (var step = 0; step < batch.steps(); step++) {
            for (var lane = step % 3; lane < batch.size(); lane += 3) {
                for (var i = 0; i < shape.inputs(); i++) {
                    var at = (step * batch.size() + lane) * shape.inputs() + i;
                    var slope = slope(batch.x(), at, loss);
                    var message = "x[" + at + "] of " + shape;
                    assertEquals(slope, backprop.dInput(step, lane)[i], 2e-5 * scale, message);
                }
            }
        }
    }

    /** Of every layer's state before the first step, where the batch gives them. */
    private static void starts(Architecture shape, Batch batch, Backprop backprop, DoubleSupplier loss, double scale) {
        for (var lane = 0; lane < batch.size() && batch.initial().length > 0; lane += 2) {
            for (var i = 0; i < shape.layers() * shape.layerState(); i++) {
                var at = lane * shape.stateSize() + i;
                var slope = slope(batch.initial(), at, loss);
                var found = backprop.dStart(i / shape.layerState(), lane)[i % shape.layerState()];
                assertEquals(slope, found, 2e-5 * scale, "initial[" + at + "] of " + shape);
            }
        }
    }

    private static double slope(float[] values, int i, DoubleSupplier loss) {
        var old = values[i];
        var step = Math.max(0x1p-20f, 8 * Math.ulp(old));
        values[i] = old + step;
        var up = loss.getAsDouble();
        var above = values[i];
        values[i] = old - step;
        var down = loss.getAsDouble();
        var below = values[i];
        values[i] = old;
        return (up - down) / ((double) above - below);
    }

    private static double slope(double[] values, int i, DoubleSupplier loss) {
        var old = values[i];
        values[i] = old + STEP;
        var up = loss.getAsDouble();
        values[i] = old - STEP;
        var down = loss.getAsDouble();
        values[i] = old;
        return (up - down) / (2 * STEP);
    }
}
