package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Traits;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clocks of New York in 2001: forward at 07:00 UTC on April 1, back at 06:00 UTC on October 28. */
class ShiftTest {
    private static final long HOUR = 3_600_000L;
    private static final Traits NEW_YORK = new Traits("America/New_York", "");
    private static final long FORWARD = Instant.parse("2001-04-01T07:00:00Z").toEpochMilli();
    private static final long BACK = Instant.parse("2001-10-28T06:00:00Z").toEpochMilli();
    private static final Zone CLOCKS = new Zone(
            NEW_YORK.zone(), List.of(FORWARD, BACK), List.of(-5 * (int) HOUR, -4 * (int) HOUR, -5 * (int) HOUR));
    private static final int RING = 80;

    private static FeatureSpec spec(long cadence, boolean aligned) {
        var days = new Days(List.of(Zone.UTC, CLOCKS), false, Days.Holidays.NONE);
        return new FeatureSpec(
                Transform.IDENTITY,
                new FeatureSpec.Seasons(12, 24),
                new FeatureSpec.Windows(36, 24, RING),
                cadence,
                new InputChoice.Standard(true, new Context(aligned ? days.align() : days, List.of())),
                new FeatureSpec.Spread(2.0, 0.1));
    }

    private static long local(long time) {
        return time + (time >= FORWARD && time < BACK ? -4 : -5) * HOUR;
    }

    /** Anything that goes by the hour of the day and the day. */
    private static float byTheClock(long local) {
        return (float) (Math.floorMod(local / HOUR * 7, 24L) + local / HOUR / 24 % 5);
    }

    /** Where the value of each age stood on the clock; those of the hour that was not, or was twice, are left out. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void theValuesBeforeAChangeStandWhereTheirLocalTimeDoes(long which) {
        long change = which == 0 ? FORWARD : BACK;
        var encoder = new Encoder(spec(HOUR, true));
        int rows = 190;
        long first = change - 110 * HOUR;
        var series = new float[rows];
        for (int row = 0; row < rows; row++) {
            series[row] = byTheClock(local(first + row * HOUR));
        }
        var columns = new Columns(series, new float[0][], NEW_YORK);
        var at = new Encoded(encoder.spec());
        int checked = 0;
        for (int end = RING; end < rows; end++) {
            long time = first + (end - 1) * HOUR;
            encoder.encodeAt(columns, end, end, time, at);
            encoder.profileAt(columns, end, end, at);
            long next = local(time + HOUR);
            for (int age = 0; age < 24; age++) {
                long then = next - (age + 1) * HOUR;
                boolean odd = Math.abs(then - (local(change) - HOUR)) <= 2 * HOUR;
                if (!odd) {
                    double value = at.profile()[23 - age] * at.spread() + at.level();
                    assertEquals(byTheClock(then), value, 1e-4, "row " + end + ", age " + age);
                    checked++;
                }
            }
        }
        assertTrue(checked > 1500, "checked: " + checked);
    }

    @Test
    void theLiveRingAndTheTrainersSeriesGiveTheSameBits() {
        for (long cadence : new long[] {HOUR / 4, HOUR, 24 * HOUR}) {
            var encoder = new Encoder(spec(cadence, true));
            var random = new Random(4);
            int rows = 400;
            var series = new float[rows];
            var ring = new Ring(RING);
            ring.fit(Transform.IDENTITY, RING);
            ring.describe(NEW_YORK);
            var live = new Encoded(encoder.spec());
            var train = new Encoded(encoder.spec());
            for (int row = 0; row < rows; row++) {
                long time = BACK + (row - rows / 2) * cadence;
                series[row] = random.nextFloat();
                ring.push(new double[] {series[row]});
                var columns = new Columns(series, new float[0][], NEW_YORK);
                encoder.encode(ring, time, live);
                encoder.encodeAt(columns, row + 1, row + 1, time, train);
                assertArrayEquals(train.inputs(), live.inputs(), "row " + row);
                if (row >= 24) {
                    encoder.profile(ring, live);
                    encoder.profileAt(columns, row + 1, row + 1, train);
                    assertArrayEquals(train.profile(), live.profile(), "row " + row);
                }
            }
        }
    }

    @Test
    void whereClocksStandStillOrAModelIsOlderNothingMoves() {
        var random = new Random(5);
        var series = new float[200];
        for (int row = 0; row < series.length; row++) {
            series[row] = random.nextFloat();
        }
        var aligned = new Encoder(spec(HOUR, true));
        var older = new Encoder(spec(HOUR, false));
        var one = new Encoded(aligned.spec());
        var other = new Encoded(older.spec());
        int moved = 0;
        for (var zone : List.of(NEW_YORK, Traits.NONE)) {
            var columns = new Columns(series, new float[0][], zone);
            for (int end = 60; end <= series.length; end++) {
                long time = FORWARD + (end - 100) * HOUR;
                aligned.encodeAt(columns, end, end, time, one);
                aligned.profileAt(columns, end, end, one);
                older.encodeAt(columns, end, end, time, other);
                older.profileAt(columns, end, end, other);
                boolean same = Arrays.equals(one.profile(), other.profile());
                boolean near = zone == NEW_YORK && time + HOUR >= FORWARD && time < FORWARD + 23 * HOUR;
                assertEquals(!near, same, "end " + end + " in " + zone);
                moved += same ? 0 : 1;
            }
        }
        assertEquals(24, moved);
    }

    /** What is said of a step is said of its time on the clocks of the next one. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void stepsAfterAComingChangeHaveTheNumbersOfTheirLocalTime(long which) {
        long change = which == 0 ? FORWARD : BACK;
        int horizons = 24;
        var encoder = new Encoder(spec(HOUR, true));
        var ring = new Ring(RING);
        ring.push(1);
        ring.describe(NEW_YORK);
        for (int before = -30; before <= 60; before++) {
            long time = change - before * HOUR;
            var shift = new Shift();
            encoder.shift(ring, time, shift);
            var out = new float[2 * horizons];
            for (int i = 0; i < out.length; i++) {
                out[i] = i / 2 + 1;
            }
            shift.byLocalTime(out, 2);
            for (int horizon = 1; horizon <= horizons; horizon++) {
                long ahead = 1 + (local(time + horizon * HOUR) - local(time + HOUR)) / HOUR;
                assertEquals(ahead, shift.ahead(horizon), before + " steps before, horizon " + horizon);
                assertEquals(Math.min(horizons, ahead), out[2 * horizon - 1]);
                assertEquals(Math.min(horizons, ahead), out[2 * horizon - 2]);
            }
        }
    }

    /** What is known of each step lies where the one that gets its numbers is. */
    @ParameterizedTest
    @ValueSource(ints = {1, -1, 2, -2})
    void whatIsKnownOfThemLiesThere(int forward) {
        int horizons = 12;
        for (int first = 1 + Math.max(1, -forward); first <= horizons + 3; first++) {
            var shift = new Shift();
            shift.coming(first, forward);
            var known = new float[horizons + 2];
            for (int i = 0; i < known.length; i++) {
                known[i] = i;
            }
            shift.toLocalTime(known, 1, horizons);
            var out = Arrays.copyOfRange(known, 1, 1 + horizons);
            shift.byLocalTime(out, 1);
            for (int horizon = 1; horizon <= horizons; horizon++) {
                boolean again = horizon >= first && horizon < first - forward; // a local time that comes twice
                if (shift.ahead(horizon) <= horizons) {
                    assertEquals(again ? horizon + forward : horizon, out[horizon - 1], first + " by " + forward);
                }
            }
            assertEquals(0, known[0]);
            assertEquals(horizons + 1, known[horizons + 1]);
        }
    }
}
