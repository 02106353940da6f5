package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.InputChoice.Scale;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListedInputsTest {
    private static final long HOUR = 3_600_000L;

    private static FeatureSpec spec(Scale scale, String... names) {
        return new FeatureSpec(
                Transform.IDENTITY,
                FeatureSpec.Seasons.NONE,
                new FeatureSpec.Windows(4, 0, 8),
                HOUR,
                new InputChoice.Listed(
                        scale, Arrays.stream(names).map(Input::of).toList()),
                new FeatureSpec.Spread(1, 0.5));
    }

    private static Encoded encode(FeatureSpec spec, long time, double... values) {
        var ring = new Ring(1);
        ring.fit(spec.transform(), spec.windows().ring());
        for (var value : values) {
            ring.push(value);
        }
        var out = new Encoded(spec);
        new Encoder(spec).encode(ring, time, out);
        return out;
    }

    @Test
    void aFixedScaleIsTheSameForEveryEntity() {
        var spec = spec(new Scale.Fixed(10, 4), "value", "lag-2", "difference-1", "mean-3");
        var out = encode(spec, 0, 2, 6, 10, 20);
        assertEquals(2.5f, out.inputs()[0]);
        assertEquals(-1f, out.inputs()[1]);
        assertEquals(2.5f, out.inputs()[2]);
        assertEquals(0.5f, out.inputs()[3]);
        assertEquals(18f, new Encoder(spec).unscaled(2f, out));
    }

    @Test
    void aRecentScaleIsMeanAndDeviationOfTheLevelWindow() {
        var spec = spec(new Scale.Recent(), "value", "lag-5");
        var out = encode(spec, 0, 100, 1, 1, 3, 1, 3);
        assertEquals(2, out.level());
        assertEquals(1, out.spread());
        assertEquals(1f, out.inputs()[0]);
        assertEquals(98f, out.inputs()[1]);
    }

    @Test
    void anInputThatLooksFurtherBackThanValuesExistIsZero() {
        var out = encode(spec(new Scale.Fixed(0, 1), "lag-3", "mean-4", "difference-3"), 0, 5, 6, 7);
        assertEquals(0f, out.inputs()[0]);
        assertEquals(0f, out.inputs()[1]);
        assertEquals(0f, out.inputs()[2]);
    }

    @Test
    void theCalendarIsOfThisStepOrTheNext() {
        var names = new String[] {"day-sine-1", "next-day-sine-1", "week-cosine-1", "day-cosine-2", "year-sine-1"};
        var monday = Instant.parse("2001-01-01T05:00:00Z").toEpochMilli();
        var out = encode(spec(new Scale.Fixed(0, 1), names), monday, 1);
        assertEquals(Math.sin(2 * Math.PI * 5 / 24), out.inputs()[0], 1e-6);
        assertEquals(1f, out.inputs()[1], 1e-6);
        assertEquals(Math.cos(2 * Math.PI * 5 / 168), out.inputs()[2], 1e-6);
        assertEquals(Math.cos(4 * Math.PI * 5 / 24), out.inputs()[3], 1e-6);
        var years = monday / (365.2425 * 24 * HOUR);
        assertEquals(Math.sin(2 * Math.PI * years), out.inputs()[4], 1e-5);
    }

    @Test
    void aCalendarBefore1970HasTheSamePhases() {
        var names = new String[] {"day-sine-1", "week-sine-1"};
        var before = Instant.parse("1962-03-05T06:00:00Z").toEpochMilli(); // a Monday
        var out = encode(spec(new Scale.Fixed(0, 1), names), before, 1);
        assertEquals(1f, out.inputs()[0], 1e-6);
        assertEquals(Math.sin(2 * Math.PI / 28), out.inputs()[1], 1e-6);
    }

    @Test
    void anInputFarBeyondTheScaleStaysFinite() {
        var out = encode(spec(new Scale.Fixed(0, 1e-9), "value"), 0, 1e30);
        assertEquals(1e6f, out.inputs()[0]);
    }

    @Test
    void anInputsNameReadsBackAsItself() {
        for (var name : List.of("value", "lag-24", "difference-168", "mean-7", "day-sine-1", "next-year-cosine-12")) {
            assertEquals(name, Input.of(name).name());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "level", "lag", "lag-0", "lag-99999", "next-lag-1", "value-1", "day-sine-13", "VALUE", "-1"})
    void anUnknownInputIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Input.of(name));
    }

    @Test
    void aRingTooShortForALagIsRefused() {
        var refused = assertThrows(IllegalArgumentException.class, () -> spec(new Scale.Fixed(0, 1), "lag-8"));
        assertTrue(String.valueOf(refused.getMessage()).contains("need 9"));
    }
}
