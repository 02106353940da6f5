package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParametersTest {
    private static final Architecture SMALL =
            new Architecture(CellKind.GRU, 3, 5, 2, new Architecture.Head(4, 2, 6, 3, 3));
    private static final float[] LEVELS = {0.1f, 0.5f, 0.9f};

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

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void glorotsKernelsAreBoundedRecurrentOnesOrthogonalAndBiasesZero(CellKind kind) {
        var shape = new Architecture(kind, 3, 6, 2, new Architecture.Head(4, 2, 5, 3, 3));
        var start = Parameters.initial(shape, LEVELS, 4, Initialiser.GLOROT);
        start.forEach((name, rows, columns, values) -> {
            switch (TensorKind.of(name)) {
                case RECURRENT -> {
                    for (var row = 0; row < rows; row++) {
                        for (var other = row / 6 * 6; other < row / 6 * 6 + 6; other++) {
                            assertEquals(row == other ? 1 : 0, dot(values, row, other, columns), 1e-6, name);
                        }
                    }
                }
                case INPUT -> {
                    var most = 0f;
                    for (var value : values) {
                        most = Math.max(most, Math.abs(value));
                    }
                    var bound = Math.sqrt(6.0 / (columns + 6));
                    assertTrue(most <= bound && most > 0.7 * bound, name + " " + most);
                }
                case BIAS -> {
                    if (!name.equals("head.out.bias")) {
                        assertArrayEquals(new float[values.length], values, name);
                    }
                }
                default -> assertTrue(name.startsWith("head."), name);
            }
        });
        start.forEach((name, rows, columns, values) -> assertArrayEquals(
                values, Parameters.initial(shape, LEVELS, 4, Initialiser.GLOROT).values(name)));
    }

    private static double dot(float[] values, int row, int other, int columns) {
        var sum = 0.0;
        for (var i = 0; i < columns; i++) {
            sum += (double) values[row * columns + i] * values[other * columns + i];
        }
        return sum;
    }

    @Test
    void aPenaltyIsHalfTheSquaresOfItsKindAlone() {
        var weights = Parameters.of(RandomNetworks.network(SMALL, 2));
        var gradient = new Parameters(SMALL);
        var penalty = new Penalty(Map.of(TensorKind.RECURRENT, 0.5f, TensorKind.BIAS, 0f));
        var cost = penalty.add(weights, gradient);
        var expected = new double[1];
        weights.forEach((name, rows, columns, values) -> {
            for (var i = 0; i < values.length; i++) {
                var counts = name.startsWith("weight_hh");
                expected[0] += counts ? 0.25 * values[i] * values[i] : 0;
                assertEquals(counts ? 0.5f * values[i] : 0, gradient.values(name)[i]);
            }
        });
        assertEquals(expected[0], cost, 1e-6);
        assertEquals(0, Penalty.NONE.add(weights, gradient));
        assertThrows(
                IllegalArgumentException.class, () -> new Penalty(Map.of(TensorKind.INPUT, Float.POSITIVE_INFINITY)));
    }

    @Test
    void everyTensorOfEveryCellHasItsKind() {
        for (var kind : CellKind.values()) {
            var options = new Architecture.Options(true, 0, Attention.ADDITIVE, 2, new Architecture.Categories(3, 1));
            var shape = new Architecture(kind, 3, 4, 1, new Architecture.Head(2, 1, 3, 2, 1), options);
            var kinds = EnumSet.noneOf(TensorKind.class);
            shape.tensors().keySet().forEach(name -> kinds.add(TensorKind.of(name)));
            assertEquals(EnumSet.allOf(TensorKind.class), kinds);
        }
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
}
