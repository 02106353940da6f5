package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies at the edges gives finite numbers or is refused. */
class ExtremesTest {
    private static final Architecture.Head HEAD = new Architecture.Head(0, 0, 0, 1, 1);
    private static final float[] LEVELS = {0.5f};

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void oneUnitAndOneStepAreEnough(CellKind kind) {
        var options = new Architecture.Options(true, 0, Attention.ADDITIVE, 1);
        var shape = new Architecture(kind, 1, 1, 4, HEAD, options);
        trains(shape, RandomBatches.batch(shape, 1, 1, new Random(1)), new Parameters(shape));
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void saturatedUnitsTrainOnFiniteNumbers(CellKind kind) {
        for (var attention : Attention.values()) {
            var options = new Architecture.Options(true, 1, attention, attention == Attention.NONE ? 0 : 3);
            var shape = new Architecture(kind, 2, 5, 2, HEAD, options);
            var parameters = Parameters.of(RandomNetworks.network(shape, 3));
            parameters.forEach((name, rows, columns, values) -> {
                for (var i = 0; i < values.length; i++) {
                    values[i] *= name.startsWith("head.") ? 1 : 1000;
                }
            });
            var batch = RandomBatches.batch(shape, 9, 4, new Random(2));
            for (var i = 0; i < batch.x().length; i++) {
                batch.x()[i] *= 1000;
            }
            trains(shape, batch, parameters);
        }
    }

    private static void trains(Architecture shape, Batch batch, Parameters parameters) {
        Arrays.fill(batch.scored().weight(), 1);
        var gradient = new Parameters(shape);
        var adam = new Adam(shape, Adam.Settings.USUAL, Map.of());
        var backprop = new Backprop(shape, LEVELS);
        for (var i = 0; i < 5; i++) {
            assertTrue(Double.isFinite(backprop.gradient(parameters, batch, gradient, new Dropout(0.2f, i))));
            gradient.clip(1);
            adam.step(parameters, gradient, 0.1);
        }
        parameters.freeze(); // refuses what is not finite
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void anythingButFiniteInputsIsRefusedOrShowsInTheState(CellKind kind) {
        var options = new Architecture.Options(true, 1, Attention.DOT, 3);
        var shape = new Architecture(kind, 2, 5, 2, HEAD, options);
        var network = RandomNetworks.network(shape, 3);
        for (var wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            var state = new float[shape.stateSize()];
            network.start(state, 0);
            network.step(new float[] {wrong, 1}, state, network.newScratch());
            assertTrue(!network.isSound(state, 0) || allFinite(state), "input " + wrong);
            var batch = RandomBatches.batch(shape, 4, 3, new Random(5));
            batch.x()[7] = wrong;
            var backprop = new Backprop(shape, LEVELS);
            var refusal =
                    assertThrows(IllegalArgumentException.class, () -> backprop.loss(Parameters.of(network), batch));
            assertEquals("x: expected finite numbers, actual " + wrong, refusal.getMessage());
        }
    }

    private static boolean allFinite(float[] values) {
        for (var value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void theLargestInputsGiveFiniteStates(CellKind kind) {
        var options = new Architecture.Options(true, 1, Attention.ADDITIVE, 3);
        var shape = new Architecture(kind, 2, 5, 3, HEAD, options);
        var network = RandomNetworks.network(shape, 3);
        var state = new float[shape.stateSize()];
        var scratch = network.newScratch();
        var out = new float[1];
        network.start(state, 0);
        for (var t = 0; t < 50; t++) {
            network.step(new float[] {t % 2 == 0 ? 1e37f : -1e37f, t % 3 == 0 ? 1e37f : 0}, state, scratch);
            assertTrue(network.isSound(state, 0));
            network.head(state, new float[0], new float[0], out, scratch);
            assertTrue(Float.isFinite(out[0]));
        }
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void sequencesOfNoLengthAndGradientsWithoutEndAreRefused(CellKind kind) {
        var shape = new Architecture(kind, 2, 3, 1, HEAD);
        var backprop = new Backprop(shape, LEVELS);
        var none = new Batch.Scored(new int[0], new float[0], new float[0], new float[0], new float[0]);
        var empty = new Batch(0, 1, new float[0], new float[0], none);
        var refusal = assertThrows(IllegalArgumentException.class, () -> backprop.loss(new Parameters(shape), empty));
        assertEquals("steps and size: expected at least 1, actual 0", refusal.getMessage());
        var gradient = new Parameters(shape);
        gradient.values("head.out.bias")[0] = Float.POSITIVE_INFINITY;
        assertThrows(ArithmeticException.class, () -> gradient.clip(1));
        assertFalse(Float.isNaN(gradient.values("head.out.bias")[0]));
    }
}
