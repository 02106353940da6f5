package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static final Architecture SMALL =
            new Architecture(CellKind.GRU, 3, 5, 2, new Architecture.Head(4, 2, 6, 3, 2));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void stepAndHeadEqualTheReferenceForAnyShape(long seed) {
        var random = new Random(seed);
        var shape = RandomNetworks.architecture(random);
        var network = RandomNetworks.network(shape, seed);
        var reference = RandomNetworks.reference(network);
        var scratch = network.newScratch();
        var h = new float[shape.stateSize()];
        var hReference = new double[h.length];
        var out = new float[shape.head().outputs()];
        for (var t = 0; t < 30; t++) {
            var x = RandomNetworks.numbers(shape.inputs(), 2, random);
            network.step(x, h, scratch);
            reference.step(RandomNetworks.toDoubles(x), hReference);
            assertArrayEquals(GoldenCase.toFloats(hReference), h, 2e-6f, () -> shape.toString());
            var profile = RandomNetworks.numbers(shape.head().profile(), 2, random);
            var extras = RandomNetworks.numbers(shape.head().extras(), 2, random);
            network.head(h, profile, extras, out, scratch);
            var expected =
                    reference.head(hReference, RandomNetworks.toDoubles(profile), RandomNetworks.toDoubles(extras));
            assertArrayEquals(GoldenCase.toFloats(expected), out, 5e-6f, () -> shape.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void statesStaySoundHoweverExtremeTheInputs(CellKind kind) {
        var shape = new Architecture(kind, 2, 16, 3, new Architecture.Head(0, 0, 0, 1, 1));
        var network = RandomNetworks.network(shape, 3);
        var scratch = network.newScratch();
        var random = new Random(4);
        var h = new float[shape.stateSize()];
        for (var t = 0; t < 500; t++) {
            var size = t % 3 == 0 ? 1e30f : t % 3 == 1 ? 100f : 0.1f;
            network.step(RandomNetworks.numbers(2, size, random), h, scratch);
            assertTrue(network.isSound(h, 0), () -> "a state of " + Arrays.toString(h));
        }
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void aStateThatTheCellCannotHaveIsNotSound(CellKind kind) {
        var shape = new Architecture(kind, 2, 3, 2, new Architecture.Head(0, 0, 0, 1, 1));
        var network = RandomNetworks.network(shape, 3);
        var state = new float[1 + shape.stateSize()];
        state[0] = Float.NaN;
        assertTrue(network.isSound(state, 1));
        for (var i = 1; i < state.length; i++) {
            var memory = kind == CellKind.LSTM && (i - 1) / 3 % 2 == 1;
            for (var wrong : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, memory ? 2e7f : 1.01f}) {
                state[i] = wrong;
                assertFalse(network.isSound(state, 1), wrong + " at " + i);
            }
            state[i] = memory ? -1e7f : -1;
            assertTrue(network.isSound(state, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void nothingIsAllocatedByStepOrHead(CellKind kind) {
        var shape = new Architecture(kind, 8, 64, 2, new Architecture.Head(168, 8, 64, 24, 9));
        var network = RandomNetworks.network(shape, 1);
        var scratch = network.newScratch();
        var h = new float[shape.stateSize()];
        var x = new float[8];
        var profile = new float[168];
        var extras = new float[8];
        var out = new float[shape.head().outputs()];
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var least = Long.MAX_VALUE;
        for (var round = 0; round < 20; round++) { // the virtual machine itself allocates now and then
            var before = threads.getCurrentThreadAllocatedBytes();
            for (var i = 0; i < 200; i++) {
                network.step(x, h, scratch);
                network.head(h, profile, extras, out, scratch);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes allocated in 200 steps and heads");
    }

    @Test
    void weightsAreCopiedInAndOut() {
        var tensors = new TreeMap<>(RandomNetworks.network(SMALL, 1).tensors());
        var network = new Network(SMALL, tensors);
        var before = bias(network).data[0];
        Objects.requireNonNull(tensors.get("head.out.bias")).data[0] = 7;
        bias(network).data[0] = 7;
        assertEquals(before, bias(network).data[0]);
        assertNotSame(bias(network), bias(network));
    }

    private static FMatrixRMaj bias(Network network) {
        return Objects.requireNonNull(network.tensors().get("head.out.bias"));
    }

    @Test
    void aMissingTensorIsRefusedByName() {
        var tensors = new TreeMap<>(RandomNetworks.network(SMALL, 1).tensors());
        tensors.remove("weight_hh_l1");
        assertEquals("tensor weight_hh_l1: expected (15, 5), actual missing", refusal(tensors));
    }

    @Test
    void aTensorOfAnotherShapeIsRefusedWithBothShapes() {
        var tensors = new TreeMap<>(RandomNetworks.network(SMALL, 1).tensors());
        tensors.put("weight_hh_l1", new FMatrixRMaj(5, 15));
        assertEquals("tensor weight_hh_l1: expected (15, 5), actual (5, 15)", refusal(tensors));
    }

    @Test
    void anUnknownTensorIsRefusedByName() {
        var tensors = new TreeMap<>(RandomNetworks.network(SMALL, 1).tensors());
        tensors.put("weight_hh_l2", new FMatrixRMaj(15, 5));
        assertTrue(refusal(tensors).startsWith("tensor weight_hh_l2: expected one of [bias_hh_l0, "));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aWeightThatIsNotFiniteIsRefusedWithItsPlace(float value) {
        var tensors = new TreeMap<>(RandomNetworks.network(SMALL, 1).tensors());
        Objects.requireNonNull(tensors.get("weight_hh_l1")).set(3, 2, value);
        assertEquals(
                "tensor weight_hh_l1, row 3, column 2: expected a finite number, actual " + value, refusal(tensors));
    }

    private static String refusal(TreeMap<String, FMatrixRMaj> tensors) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> new Network(SMALL, tensors))
                .getMessage());
    }

    @Test
    void arraysOfAnotherLengthAreRefused() {
        var network = RandomNetworks.network(SMALL, 1);
        var scratch = network.newScratch();
        var h = new float[10];
        assertRefused("input: expected 3 values, actual 4", () -> network.step(new float[4], h, scratch));
        assertRefused("hidden: expected 10 values, actual 5", () -> network.step(new float[3], new float[5], scratch));
        assertRefused(
                "out: expected 6 values, actual 5",
                () -> network.head(h, new float[4], new float[2], new float[5], scratch));
        assertRefused(
                "profile: expected 4 values, actual 0",
                () -> network.head(h, new float[0], new float[2], new float[6], scratch));
        var other = RandomNetworks.network(SMALL, 2).newScratch();
        assertRefused(
                "scratch: expected this network's own, actual another network's",
                () -> network.step(new float[3], h, other));
    }

    @Test
    void impossibleSizesAreRefused() {
        var head = new Architecture.Head(0, 0, 0, 1, 1);
        assertRefused("layers: expected 1 to 4, actual 5", () -> new Architecture(CellKind.GRU, 1, 1, 5, head));
        assertRefused("hidden: expected 1 to 4096, actual 0", () -> new Architecture(CellKind.GRU, 1, 0, 1, head));
        assertRefused("horizons: expected 1 to 4096, actual 0", () -> new Architecture.Head(0, 0, 0, 0, 1));
        assertRefused(
                "a head without units sees the hidden state alone: expected extras 0, actual 2",
                () -> new Architecture.Head(0, 2, 0, 1, 1));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
