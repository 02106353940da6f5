package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BackpropTest {
    private static final Architecture SMALL =
            new Architecture(CellKind.GRU, 3, 5, 2, new Architecture.Head(4, 2, 6, 3, 3));
    private static final float[] LEVELS = {0.1f, 0.5f, 0.9f};
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        var random = new Random(9);
        var batch = RandomBatches.batch(SMALL, 11, 70, random);
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
        for (var count = 0; count <= 3; count++) {
            try (var helpers = new Helpers(count)) {
                var helped = new Backprop(SMALL, LEVELS, helpers);
                for (var i = 0; i < 50; i++) {
                    assertEquals(loss, helped.gradient(parameters, batch, many, dropout));
                    one.forEach((name, rows, columns, values) -> assertArrayEquals(values, many.values(name), name));
                }
            }
        }
        var refused = new Backprop(SMALL, LEVELS, threads);
        assertThrows(IllegalStateException.class, () -> refused.loss(parameters, batch));
    }

    @ParameterizedTest
    @CsvSource({
        "GRU, 1",
        "GRU_CLASSIC, 1",
        "LSTM, 1",
        "RNN, 1",
        "GRU, 2",
        "GRU_CLASSIC, 2",
        "LSTM, 2",
        "RNN, 2",
        "GRU, 3"
    })
    void nothingIsAllocatedAfterTheFirstCall(CellKind kind, int threads) {
        var shape = new Architecture(kind, 3, 8, 2, new Architecture.Head(4, 2, 6, 3, 3));
        var batch = RandomBatches.batch(shape, 7, 70, new Random(1)); // five chunks
        var parameters = Parameters.initial(shape, LEVELS, 1);
        var gradient = new Parameters(shape);
        var adam = new Adam(shape, Adam.Settings.USUAL, Map.of());
        var dropout = new Dropout(0.1f, 1);
        var least = Long.MAX_VALUE;
        try (var helpers = new Helpers(threads - 1)) {
            var backprop = new Backprop(shape, LEVELS, helpers);
            var ids = HelpersTest.ids();
            for (var round = 0; round < 200; round++) { // the virtual machine itself allocates now and then
                var before = allocated(ids);
                backprop.gradient(parameters, batch, gradient, dropout);
                gradient.clip(1);
                adam.step(parameters, gradient, 0.001);
                least = Math.min(least, allocated(ids) - before);
            }
        }
        assertEquals(0, least, "bytes allocated in a training step");
    }

    /** By this thread and others. */
    private static long allocated(long[] others) {
        var sum = 0L;
        for (var other : others) {
            sum += THREADS.getThreadAllocatedBytes(other);
        }
        return sum + THREADS.getCurrentThreadAllocatedBytes();
    }

    @Test
    void weightlessForecastsAndUnknownTargetsDoNotCount() {
        var random = new Random(2);
        var batch = RandomBatches.batch(SMALL, 7, 4, random);
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
    void aBatchThatDoesNotFitIsRefused() {
        var backprop = new Backprop(SMALL, LEVELS);
        var parameters = Parameters.initial(SMALL, LEVELS, 4);
        var good = RandomBatches.batch(SMALL, 7, 4, new Random(1));
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
        assertRefused(
                "length: expected 1 to 4, the longest first, actual 5",
                () -> backprop.loss(
                        parameters, new Batch(7, 4, good.x(), new float[0], scored, new int[] {7, 4, 5, 1})));
        assertRefused("dropout: expected 0 to 0.95, actual 1.0", () -> new Dropout(1, 0));
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void sequencesOfSeveralLengthsAreAsEachAlone(CellKind kind) {
        for (var seed = 0L; seed < 10; seed++) {
            var random = new Random(seed);
            var shape = RandomNetworks.architecture(random, kind);
            var lengths = new int[] {9, 9, 8, 5, 5, 4, 2, 1, 1};
            var batch = RandomBatches.batch(shape, 9, lengths.length, random, lengths, seed % 2 == 0);
            Arrays.fill(batch.scored().weight(), 1);
            asEachAlone(shape, batch, Parameters.of(RandomNetworks.network(shape, seed)));
        }
    }

    private static void asEachAlone(Architecture shape, Batch batch, Parameters parameters) {
        var levels = RandomBatches.levels(shape);
        var together = new Backprop(shape, levels);
        var gradient = new Parameters(shape);
        var loss = together.gradient(parameters, batch, gradient, Dropout.NONE);
        var ends = new float[batch.size() * shape.stateSize()];
        together.ends(batch, ends);
        var sum = new Parameters(shape);
        var lossSum = 0.0;
        var total = 0;
        for (var lane = 0; lane < batch.size(); lane++) {
            var alone = RandomBatches.alone(shape, batch, lane);
            var origins = alone.scored().origins().length;
            if (origins > 0) {
                var single = new Backprop(shape, levels);
                var one = new Parameters(shape);
                lossSum += origins * single.gradient(parameters, alone, one, Dropout.NONE);
                var end = new float[shape.stateSize()];
                single.ends(alone, end);
                assertArrayEquals(RandomBatches.slice(ends, lane, end.length), end);
                one.forEach((name, rows, columns, values) -> {
                    for (var i = 0; i < values.length; i++) {
                        sum.values(name)[i] += origins * values[i];
                    }
                });
                total += origins;
            }
        }
        assertEquals(lossSum / total, loss, 1e-9);
        var count = total;
        var scale = gradient.norm();
        sum.forEach((name, rows, columns, values) -> {
            for (var i = 0; i < values.length; i++) {
                assertEquals(values[i] / count, gradient.values(name)[i], 1e-6 * scale, name + " of " + shape);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void aSequenceCutInTwoEndsAsTheWholeOne(CellKind kind) {
        for (var seed = 0L; seed < 10; seed++) {
            var random = new Random(seed);
            var shape = RandomNetworks.architecture(random, kind);
            var whole = RandomBatches.batch(shape, 8, 3, random, new int[0], false);
            var parameters = Parameters.of(RandomNetworks.network(shape, seed));
            var backprop = new Backprop(shape, RandomBatches.levels(shape));
            var expected = new float[3 * shape.stateSize()];
            backprop.loss(parameters, whole);
            backprop.ends(whole, expected);
            var half = whole.x().length / 2;
            var ends = new float[0];
            for (var part = 0; part < 2; part++) {
                var x = Arrays.copyOfRange(whole.x(), part * half, (part + 1) * half);
                var batch = new Batch(
                        4, 3, x, ends, RandomBatches.batch(shape, 4, 3, random).scored());
                backprop.loss(parameters, batch);
                ends = new float[expected.length];
                backprop.ends(batch, ends);
            }
            assertArrayEquals(expected, ends);
        }
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
