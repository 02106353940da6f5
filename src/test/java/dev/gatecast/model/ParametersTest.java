package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

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
