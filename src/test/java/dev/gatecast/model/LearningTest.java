package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training makes something of data. */
class LearningTest {
    private static final float[] LEVELS = {0.1f, 0.5f, 0.9f};

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void trainingLearnsToForecastASine(CellKind kind) {
        var shape = new Architecture(kind, 1, 8, 1, new Architecture.Head(0, 0, 8, 2, 3));
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
}
