package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatecast.event.Traits;
import java.util.Arrays;
import java.util.List;
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
            encoder.encodeAt(Columns.of(series), t + 1, t + 1, t * HOUR, train);
            if (t < 336) {
                assertEquals(Math.min(t + 1, 336), ring.size());
            }
            assertArrayEquals(train.inputs(), live.inputs(), "step " + t);
            if (t >= 167) {
                encoder.profile(ring, live);
                encoder.profileAt(Columns.of(series), t + 1, t + 1, train);
                assertArrayEquals(train.profile(), live.profile());
            }
        }
    }

    @Test
    void otherFieldsGiveTheSameBitsLiveAndInTrainingAndMissingOnesAreMarked() {
        var encoder = new Encoder(withFields(), List.of("unseen", "load", "delay"), Ahead.NONE);
        var ring = new Ring(10);
        ring.refield(3);
        var series = new float[500];
        var fields = new float[3][series.length];
        var live = new Encoded(encoder.spec());
        var train = new Encoded(encoder.spec());
        var random = new Random(5);
        for (int t = 0; t < series.length; t++) {
            var values = new double[] {10 + random.nextGaussian(), t, random.nextGaussian(), 5 * random.nextDouble()};
            if (t % 5 == 3) {
                values[2] = t % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
            }
            ring.push(values);
            ring.fit(Transform.IDENTITY, encoder.spec().windows().ring());
            series[t] = (float) values[0];
            for (int k = 0; k < 3; k++) {
                fields[k][t] = Double.isFinite(values[k + 1]) ? (float) values[k + 1] : Float.NaN;
            }
            encoder.encode(ring, t * HOUR, live);
            encoder.encodeAt(new Columns(series, fields, Traits.NONE), t + 1, t + 1, t * HOUR, train);
            assertArrayEquals(train.inputs(), live.inputs(), "step " + t);
            assertEquals(t % 5 == 3 ? 1f : 0f, live.inputs()[21], "load missing at " + t);
            assertArrayEquals(Arrays.copyOfRange(live.inputs(), 8, 22), live.extras());
        }
    }

    @Test
    void aFieldStandsBesideItsOwnRecentValues() {
        var encoder = new Encoder(withFields());
        var fields = new float[2][400];
        for (int t = 0; t < 400; t++) {
            fields[0][t] = t % 2 == 0 ? 7 : 3;
            fields[1][t] = t < 399 ? Float.NaN : 5;
        }
        var at = new Encoded(encoder.spec());
        encoder.encodeAt(new Columns(new float[400], fields, Traits.NONE), 400, 400, 399 * HOUR, at);
        assertArrayEquals(new float[] {-1, -2, 0, 0, 0, 0}, Arrays.copyOfRange(at.extras(), 8, 14), 1e-6f);
        assertEquals(
                List.of("field delay", "field delay step", "field delay missing"),
                encoder.spec().inputNames().subList(16, 19));
    }

    @Test
    void aFieldThatTheTicksDoNotHaveIsRefusedByName() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> new Encoder(withFields(), List.of("delay"), Ahead.NONE));
        assertEquals(
                "the model needs the field load of the ticks, whose fields beside the target are [delay]",
                error.getMessage());
    }

    private static FeatureSpec withFields() {
        var base = spec(Transform.IDENTITY);
        var context = new Context(
                Days.NONE,
                List.of(
                        new Covariate("delay", new FeatureSpec.Spread(1, 0.1)),
                        new Covariate("load", new FeatureSpec.Spread(1, 0.1))));
        return new FeatureSpec(
                base.transform(),
                base.seasons(),
                base.windows(),
                base.cadence(),
                new InputChoice.Standard(true, context),
                base.spread());
    }

    @Test
    void takingATickBackLeavesNoTraceInTheFields() {
        var ring = new Ring(3);
        ring.refield(1);
        for (int i = 1; i <= 4; i++) {
            ring.push(new double[] {i, 10 * i});
        }
        float displaced = ring.push(new double[] {5, 50});
        ring.undo(displaced, 3);
        assertArrayEquals(new float[] {20, 30, 40}, ring.field(0));
        ring.fit(Transform.SQRT, 5);
        assertArrayEquals(new float[] {20, 30, 40}, ring.field(0));
        ring.push(new double[] {6, 60});
        assertArrayEquals(new float[] {20, 30, 40, 60}, ring.field(0));
        ring.refield(2);
        ring.push(new double[] {7, 70});
        assertArrayEquals(new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN, 70}, ring.field(0));
        assertArrayEquals(new float[] {2, 3, 4, 6, 7}, ring.values());
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
        encoder.encodeAt(Columns.of(u), 400, 400, 399 * HOUR, at);
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
            encoder.encodeAt(Columns.of(u), n, n, 0, at);
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
            encoder.encodeAt(Columns.of(u), 400, 400, 0, at);
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
        encoder.encodeAt(Columns.of(u), 200, 200, 0, at);
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
