package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransformTest {
    private static final double[] EXTREMES = {
        0, -0.0, 1e-12, -1e-12, 1e30, -1e30, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };

    @ParameterizedTest
    @EnumSource
    void arraysAreMappedAsTheirNumbers(Transform transform) {
        for (int length : new int[] {1, 7, 24, 216, 1_000}) {
            var values = numbers(length);
            var mapped = values.clone();
            transform.forward(mapped);
            var outputs = new float[length];
            for (int i = 0; i < length; i++) {
                assertEquals(transform.forward(values[i]), (float) mapped[i]);
                assertEquals((float) mapped[i], mapped[i], "no float");
                outputs[i] = (float) values[i];
            }
            var restored = outputs.clone();
            transform.inverse(3.25, 1.75, restored);
            for (int i = 0; i < length; i++) {
                assertEquals(transform.inverse(3.25 + 1.75 * outputs[i]), restored[i]);
            }
        }
    }

    private static double[] numbers(int length) {
        var random = new Random(length);
        var numbers = new double[length];
        for (int i = 0; i < length; i++) {
            numbers[i] =
                    random.nextInt(5) == 0 ? EXTREMES[random.nextInt(EXTREMES.length)] : 10 * random.nextGaussian();
        }
        return numbers;
    }
}
