package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncoderTest {
    private static final long HOUR = 3_600_000L;

    private static FeatureSpec spec(Transform transform) {
        return new FeatureSpec(
                transform,
                new FeatureSpec.Seasons(24, 168),
                new FeatureSpec.Windows(168, 168, 336),
                HOUR,
                true,
                new FeatureSpec.Spread(2.0, 0.1));
    }

    @ParameterizedTest
    @EnumSource(Transform.class)
    void theLiveRingAndTheTrainersSeriesGiveTheSameBits(Transform transform) {
        var encoder = new Encoder(spec(transform));
        var ring = new Ring(10);
        var series = new float[700];
        var live = new Encoded(encoder.spec());
        var train = new Encoded(encoder.spec());
        var random = new Random(7);
        for (int t = 0; t < series.length; t++) {
            double value = 20 + 10 * Math.sin(t / 4.0) + random.nextGaussian();
            ring.push(value);
            ring.fit(transform, encoder.spec().windows().ring());
            series[t] = transform.forward((float) value);
            encoder.encode(ring, t * HOUR, live);
            encoder.encodeAt(series, t + 1, t + 1, t * HOUR, train);
            if (t < 336) {
                assertEquals(Math.min(t + 1, 336), ring.size());
            }
            assertArrayEquals(train.inputs(), live.inputs(), "step " + t);
            if (t >= 167) {
                encoder.profile(ring, live);
                encoder.profileAt(series, t + 1, train);
                assertArrayEquals(train.profile(), live.profile());
            }
        }
    }

    @Test
    void inputsEqualTheFormulasWrittenOut() {
        var encoder = new Encoder(spec(Transform.IDENTITY));
        var random = new Random(3);
        var u = new float[400];
        for (int i = 0; i < u.length; i++) {
            u[i] = (float) (50 + 9 * Math.sin(i * Math.PI / 12) + random.nextGaussian());
        }
        var at = new Encoded(encoder.spec());
        encoder.encodeAt(u, 400, 400, 399 * HOUR, at);
        double level = mean(u, 232, 400);
        double variance = 0;
        double d = 0;
        for (int i = 232; i < 400; i++) {
            variance += (u[i] - level) * (u[i] - level) / 168;
            d += Math.abs(u[i] - u[i - 24]) / 168;
        }
        double s = Math.sqrt(variance);
        var expected = new double[] {
            (u[399] - level) / s,
            (u[399] - u[398]) / s,
            (u[399] - u[375]) / s,
            (u[399] - u[231]) / s,
            (mean(u, 376, 400) - level) / s,
            (level - mean(u, 64, 232)) / s,
            Math.log(s / 2.0),
            0.5 * Math.log(d / s)
        };
        for (int i = 0; i < expected.length; i++) {
            assertEquals(
                    expected[i],
                    at.inputs()[i],
                    1e-5,
                    encoder.spec().inputNames().get(i));
        }
        // 400 hours after a Thursday's midnight: Saturday, 16:00
        assertEquals(Math.sin(2 * Math.PI * 16 / 24), at.inputs()[8], 1e-6);
        assertEquals(Math.cos(4 * Math.PI * (5 * 24 + 16) / 168), at.inputs()[15], 1e-6);
    }

    @Test
    void anInputIsZeroUntilItsWindowIsComplete() {
        var encoder = new Encoder(spec(Transform.IDENTITY));
        var u = new float[400];
        for (int i = 0; i < u.length; i++) {
            u[i] = (float) Math.sin(0.7 * i * i);
        }
        int[] firstSeen = {48, 48, 48, 169, 168, 336, 48, 72};
        var at = new Encoded(encoder.spec());
        for (int n = 1; n <= u.length; n++) {
            encoder.encodeAt(u, n, n, 0, at);
            for (int i = 0; i < firstSeen.length; i++) {
                assertEquals(n >= firstSeen[i], at.inputs()[i] != 0f, "input " + i + " after " + n + " values");
            }
        }
    }

    @Test
    void aConstantSeriesGivesFiniteInputs() {
        for (var transform : Transform.values()) {
            var encoder = new Encoder(spec(transform));
            var at = new Encoded(encoder.spec());
            var u = new float[400];
            encoder.encodeAt(u, 400, 400, 0, at);
            for (float x : at.inputs()) {
                assertEquals(true, Float.isFinite(x));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transform.class)
    void theInverseUndoesTheTransform(Transform transform) {
        for (double value : new double[] {0.001, 0.5, 1, 3, 1e3, 1e6}) {
            assertEquals(1.0, transform.inverse(transform.forward(value)) / value, 1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource(Transform.class)
    void unscalingUndoesScaling(Transform transform) {
        var encoder = new Encoder(spec(transform));
        var at = new Encoded(encoder.spec());
        var u = new float[200];
        for (int i = 0; i < u.length; i++) {
            u[i] = transform.forward(40 + i % 24);
        }
        encoder.encodeAt(u, 200, 200, 0, at);
        for (double value : new double[] {30, 44, 71}) {
            float scaled = Encoder.scaled(transform.forward(value), at);
            assertEquals(value, encoder.unscaled(scaled, at), value * 1e-4);
        }
    }

    @Test
    void takingAValueBackLeavesNoTrace() {
        var ring = new Ring(3);
        ring.push(1);
        ring.push(2);
        float displaced = ring.push(9);
        ring.undo(displaced, 2);
        assertArrayEquals(new float[] {1, 2}, ring.values());
        ring.push(3);
        displaced = ring.push(4);
        ring.undo(displaced, 3);
        assertArrayEquals(new float[] {1, 2, 3}, ring.values());
    }

    @Test
    void windowsThatDoNotFitTheRingAreRefused() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> new FeatureSpec(
                        Transform.SQRT,
                        new FeatureSpec.Seasons(24, 168),
                        new FeatureSpec.Windows(168, 168, 335),
                        HOUR,
                        true,
                        new FeatureSpec.Spread(1, 1)));
        assertEquals("ring of 335 values is too short: these windows and seasons need 336", error.getMessage());
    }

    private static double mean(float[] u, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += u[i];
        }
        return sum / (to - from);
    }
}
