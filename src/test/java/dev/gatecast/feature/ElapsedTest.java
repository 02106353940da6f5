package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.support.Models;
import org.junit.jupiter.api.Test;

class ElapsedTest {
    private static final long DAY = 86_400_000L;

    @Test
    void aTimeComesBackWithinAMillionthOfIt() {
        for (long time : new long[] {0, 1, 10, 1_000, 59_999, 3_600_000, DAY, 30 * DAY, 4_000 * DAY}) {
            assertEquals(time, Elapsed.milliseconds(Elapsed.of(time)), 1 + 3e-6 * time, "of " + time);
        }
    }

    @Test
    void longerIsMoreAndNothingIsZero() {
        assertEquals(0, Elapsed.of(0));
        assertEquals(0, Elapsed.of(-5));
        assertEquals(0, Elapsed.milliseconds(Float.NaN));
        float before = -1;
        for (long time = 0; time < 3 * DAY; time = 2 * time + 7) {
            assertTrue(Elapsed.of(time) > before, "at " + time);
            before = Elapsed.of(time);
        }
    }

    @Test
    void theInputIsNeverNegativeHoweverLongTheOthersWere() {
        var spec = new FeatureSpec(
                Transform.IDENTITY,
                FeatureSpec.Seasons.NONE,
                new FeatureSpec.Windows(8, 8, 16),
                0,
                new InputChoice.Standard(false, Models.fields(Elapsed.NAME)),
                new FeatureSpec.Spread(1, 0.05));
        var ring = new Ring(16);
        ring.fit(spec.transform(), 16);
        ring.refield(1);
        var at = new Encoded(spec);
        var encoder = new Encoder(spec);
        for (int i = 0; i < 16; i++) {
            double elapsed = i == 0 ? Double.NaN : Elapsed.of(i == 15 ? 10 : DAY);
            ring.push(new double[] {i, elapsed});
            encoder.encode(ring, i, at);
            int input = spec.inputNames().indexOf(Context.inputName(Elapsed.NAME));
            assertEquals(i == 0 ? 0 : (float) Math.min(10, (float) elapsed), at.inputs()[input], 1e-6f);
            assertEquals(i == 0 ? 1 : 0, at.inputs()[input + 2]);
        }
    }

    /** Without a cadence the ring knows when its values came. */
    @Test
    void theTimesOfTheStepsComeOutOfTheRing() {
        var spec = new FeatureSpec(
                Transform.IDENTITY,
                FeatureSpec.Seasons.NONE,
                new FeatureSpec.Windows(8, 8, 16),
                0,
                new InputChoice.Standard(true, Models.fields(Elapsed.NAME)),
                new FeatureSpec.Spread(1, 0.05));
        var ring = new Ring(16);
        ring.refield(1);
        var times = new long[] {0, 5_000, 5_010, 90_000, 4_000_000, 90_000_000};
        for (int i = 0; i < times.length; i++) {
            ring.push(new double[] {i, i == 0 ? Double.NaN : Elapsed.of(times[i] - times[i - 1])});
        }
        var found = new Encoder(spec).times(ring, times.length, times[times.length - 1]);
        for (int i = 0; i < times.length; i++) {
            assertEquals(times[i], found[i], 300, "step " + i);
        }
    }
}
