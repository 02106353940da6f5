package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullUnmarked
class TangentTest {
    private static Ring ring(double... values) {
        var ring = new Ring(100);
        for (double value : values) {
            ring.push(value);
        }
        return ring;
    }

    @ParameterizedTest
    @EnumSource(names = {"LOG", "SQRT"})
    void itFollowsTheTransformAboveTheLargestValueAndALineBelow(Transform transform) {
        var tangent = Tangent.of(ring(3, -7, 5), 3, transform, null);
        assertNotNull(tangent);
        for (double value : new double[] {7, 7.5, 100, 1e6}) {
            assertEquals(transform.forward(value), tangent.forward(value));
            assertEquals(value, tangent.inverse(tangent.forward(value)), 1e-5 * value);
        }
        double step = tangent.forward(7) - tangent.forward(6);
        for (double value : new double[] {6, 1, 0, -7, -50}) {
            assertEquals(step, tangent.forward(value) - tangent.forward(value - 1), 1e-5);
            assertEquals(value, tangent.inverse(tangent.forward(value)), 1e-5);
        }
        double above = tangent.forward(7.001) - tangent.forward(7);
        assertEquals(step, above / 0.001, 1e-3, "no bend at the point itself");
    }

    @Test
    void onlyAValueThatTheTransformDoesNotTellApartNeedsOne() {
        assertNull(Tangent.of(ring(3, 0.001), 2, Transform.LOG, null));
        assertNull(Tangent.of(ring(0, 3), 1, Transform.LOG, null), "not among the newest");
        assertNull(Tangent.of(ring(3, 0), 2, Transform.SQRT, null));
        assertNull(Tangent.of(ring(3, -1e30), 2, Transform.IDENTITY, null));
        var tangent = Tangent.of(ring(3, 0), 2, Transform.LOG, null);
        assertNotNull(tangent);
        assertSame(tangent, Tangent.of(ring(3, 0, 0, 1), 4, Transform.LOG, tangent));
    }

    @Test
    void zerosAloneHaveOneToo() {
        var tangent = Tangent.of(ring(0, 0), 2, Transform.LOG, null);
        assertNotNull(tangent);
        assertTrue(Float.isFinite(tangent.forward(0)));
        assertEquals(0, tangent.inverse(tangent.forward(0)), 1e-12);
    }
}
