package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final float NONE = Float.POSITIVE_INFINITY;

    private static float[] kept(Limits limits, float... values) {
        limits.apply(3, values);
        return values;
    }

    @Test
    void whatMeansTheLeastValueIsIt() {
        var counts = new Limits(0, NONE, false);
        assertArrayEquals(new float[] {0, 0, 4, 0.03f, 0.04f, 2}, kept(counts, -0.1f, 0.03f, 4, 0.03f, 0.04f, 2));
        assertArrayEquals(new float[] {0, 0, 0}, kept(counts, -3, -2, -1));
        assertArrayEquals(new float[] {5, 5, 9}, kept(new Limits(5, NONE, false), 4, 5.03f, 9));
    }

    @Test
    void withoutALeastValueNothingIsMoved() {
        assertArrayEquals(
                new float[] {-0.1f, 0.03f, 4}, kept(new Limits(Float.NEGATIVE_INFINITY, NONE, false), -0.1f, 0.03f, 4));
    }

    @Test
    void wholeNumbersStayWithinTheMost() {
        assertArrayEquals(new float[] {0, 2, 3}, kept(new Limits(0, 3, true), 0.4f, 1.6f, 7.2f));
    }
}
