package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilesTest {
    @ParameterizedTest
    @CsvSource({"32, 32, 128", "48, 48, 192", "64, 64, 256", "72, 0, 96", "104, 5, 400", "128, 128, 512", "8, 0, 528"})
    void bitsAreThoseOfTheRows(int inputs, int from, int to) {
        var random = new Random(inputs);
        var rows = new float[inputs][];
        for (var i = 0; i < inputs; i++) {
            rows[i] = numbers(random, to);
        }
        var tiles = Tiles.of(rows, from, to);
        assertNotNull(tiles);
        for (var round = 0; round < 3; round++) {
            var x = numbers(random, inputs + 7);
            var sums = numbers(random, Pairs.LEAD + to + 3);
            var expected = new float[][] {sums.clone()};
            Pairs.multiply(rows, 0, inputs, x, 7, expected, 1, from, to);
            tiles.multiply(x, 7, sums);
            assertArrayEquals(expected[0], sums);
        }
    }

    @ParameterizedTest
    @CsvSource({"60, 0, 240", "24, 24, 96", "136, 136, 544"})
    void otherShapesAreLeftToTheRows(int inputs, int from, int to) {
        assertNull(Tiles.of(new float[inputs][to], from, to));
    }

    private static float[] numbers(Random random, int n) {
        var numbers = new float[n];
        for (var i = 0; i < n; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
