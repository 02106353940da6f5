package dev.gatecast.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.support.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WidthsTest {
    private static final float[] FIVE = {0.05f, 0.25f, 0.5f, 0.75f, 0.95f};
    private static final float[] NONE = {};
    private static final float[] FIVE_SIGMA = {-1.645f, -0.674f, 0, 0.674f, 1.645f}; // of a standard normal

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 2.5})
    void coverageBecomesWhatTheBandPromises(double width) {
        var widths = new Widths(12, FIVE, NONE, Widths.PACE);
        var state = new WidthState();
        widths.adopt(state);
        var coverage = coverage(widths, state, width, 20_000, 12);
        for (var horizon : new int[] {1, 3, 6, 12}) {
            assertEquals(0.90, coverage[horizon], 0.02, "horizon " + horizon);
        }
        assertEquals(0.90, Arrays.stream(coverage).skip(1).average().orElseThrow(), 0.02);
    }

    /** Errors three times as wide as the model says: a hundred rows later the band is about right, not a thousand. */
    @Test
    void whatAnEntityFirstShowsTellsTheMost() {
        var widths = new Widths(1, FIVE, NONE, Widths.PACE);
        var random = new Random(6);
        var hits = 0;
        for (var entity = 0; entity < 200; entity++) {
            var state = new WidthState();
            widths.adopt(state);
            for (var row = 0; row < 120; row++) {
                var x = 3 * random.nextGaussian();
                widths.settle(state, x);
                var values = FIVE_SIGMA.clone();
                widths.apply(state, values);
                hits += row >= 100 && values[0] <= x && x <= values[4] ? 1 : 0;
                widths.remember(state, values);
            }
        }
        assertEquals(0.90, hits / (200 * 20.0), 0.04);
    }

    /** Rows without a forecast to judge are none that tell anything. */
    @Test
    void onlyRowsThatJudgeMakeAnEntityOld() {
        var widths = new Widths(1, FIVE, NONE, Widths.PACE);
        var state = new WidthState();
        widths.adopt(state);
        for (var row = 0; row < 50; row++) {
            widths.settle(state, row);
            widths.skip(state);
        }
        assertEquals(0, state.judged());
        widths.remember(state, FIVE_SIGMA.clone());
        widths.settle(state, 1);
        assertEquals(1, state.judged());
    }

    @Test
    void theOutermostPairServesWhereTheUsualOneIsAbsent() {
        var widths = new Widths(1, new float[] {0.1f, 0.5f, 0.9f}, NONE, Widths.PACE);
        var state = new WidthState();
        widths.adopt(state);
        var random = new Random(4);
        var hits = 0;
        for (var row = 0; row < 20_000; row++) {
            var x = random.nextGaussian();
            widths.settle(state, x);
            var values = new float[] {-0.5f, 0, 0.5f};
            widths.apply(state, values);
            hits += row > 10_000 && values[0] <= x && x <= values[2] ? 1 : 0;
            widths.remember(state, values);
        }
        assertEquals(0.80, hits / 10_000.0, 0.02);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3", "24, 4", "48, 4"})
    void groupsAreTheDistinctReaches(int horizons, int groups) {
        var state = new WidthState();
        new Widths(horizons, FIVE, NONE, Widths.PACE).adopt(state);
        assertEquals(groups, state.reaches.length);
        assertEquals(horizons, state.reaches[groups - 1]);
        assertEquals(1, state.reaches[0]);
    }

    @Test
    void aForecastIsJudgedByTheRowThatItSpokeOf() {
        var widths = new Widths(1, FIVE, NONE, 0.1);
        var state = new WidthState();
        widths.adopt(state);
        widths.remember(state, flat(1, 10));
        widths.settle(state, 100);
        for (var k = 0; k < 5; k++) {
            assertEquals(k == 2 ? 0 : 1, Math.signum(state.factors[k] - 1), "level " + k);
        }
        assertTrue(state.factors[4] > state.factors[0], "the side of the miss widens more");
        var once = state.factors.clone();
        widths.skip(state);
        widths.settle(state, 100);
        assertArrayEquals(once, state.factors);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-100, 100})
    void aLevelWithoutAnotherOnItsOtherSideLearnsByItself(double x) {
        var widths = new Widths(1, new float[] {0.05f, 0.5f, 0.7f, 0.9f}, NONE, 0.1);
        var state = new WidthState();
        widths.adopt(state);
        widths.remember(state, new float[] {-1, 0, 1, 2});
        widths.settle(state, x);
        var side = Math.signum(x);
        assertEquals(-side, Math.signum(state.factors[0] - 1));
        assertEquals(side, Math.signum(state.factors[2] - 1));
        assertEquals(side, Math.signum(state.factors[3] - 1));
    }

    @Test
    void eachSideOfASkewedBandComesToMissAsOftenAsItSays() {
        var widths = new Widths(1, FIVE, NONE, Widths.PACE);
        var state = new WidthState();
        widths.adopt(state);
        var random = new Random(5);
        var below = new int[5];
        var rows = 60_000;
        for (var row = 0; row < rows; row++) {
            var x = Math.exp(random.nextGaussian()) - 1; // median 0, far more above than below
            widths.settle(state, x);
            var values = FIVE_SIGMA.clone();
            widths.apply(state, values);
            for (var k = 0; row >= rows / 2 && k < 5; k++) {
                below[k] += x < values[k] ? 1 : 0;
            }
            widths.remember(state, values);
        }
        for (var k = 0; k < 5; k++) {
            assertEquals(FIVE[k], below[k] / (rows / 2.0), 0.02, "level " + k);
        }
    }

    /** Two of three values lie below all lower quantiles, which hardly differ from the median: they cannot get there. */
    @Test
    void aSideThatCannotReachItsTruthDoesNotWidenTheOtherWithoutEnd() {
        var widths = new Widths(1, new float[] {0.1f, 0.5f, 0.9f}, NONE, Widths.PACE);
        var state = new WidthState();
        widths.adopt(state);
        var random = new Random(6);
        var above = 0;
        for (var row = 0; row < 20_000; row++) {
            var x = random.nextInt(3) < 2 ? -1 : 2 * random.nextDouble();
            widths.settle(state, x);
            var values = new float[] {-0.001f, 0, 1};
            widths.apply(state, values);
            above += row > 10_000 && x > values[2] ? 1 : 0;
            widths.remember(state, values);
        }
        assertEquals(0.10, above / 10_000.0, 0.02);
    }

    @Test
    void innerQuantilesCoverWhatTheyPromiseBesideFarOuterOnes() {
        var widths = new Widths(1, new float[] {0.001f, 0.25f, 0.5f, 0.75f, 0.999f}, NONE, Widths.PACE);
        var state = new WidthState();
        widths.adopt(state);
        var random = new Random(6);
        var inside = 0;
        for (var row = 0; row < 40_000; row++) {
            var x = random.nextGaussian();
            widths.settle(state, x);
            var values = new float[] {-20, -0.674f, 0, 0.674f, 20}; // of which a part is a quarter of a deviation
            widths.apply(state, values);
            inside += row >= 20_000 && values[1] <= x && x <= values[3] ? 1 : 0;
            widths.remember(state, values);
        }
        assertEquals(0.50, inside / 20_000.0, 0.02);
    }

    @Test
    void everyHorizonOfAGroupIsJudgedAboutEquallyOften() {
        var state = new WidthState();
        new Widths(24, FIVE, NONE, Widths.PACE).adopt(state);
        var kept = new int[25];
        for (var row = 0; row < 2400; row++) {
            kept[state.horizon(3)]++;
            state.rows++;
        }
        for (var horizon = 0; horizon <= 24; horizon++) {
            assertEquals(horizon <= 12 ? 0 : 200, kept[horizon], 20, "horizon " + horizon);
        }
    }

    @Test
    void theModelsOwnFactorsAreWhereAnEntityStarts() {
        var start = new float[] {2, 2, 1, 0.5f, 3};
        var state = new WidthState();
        var widths = new Widths(1, FIVE, start, Widths.PACE);
        widths.adopt(state);
        var values = new float[] {-2, -1, 0, 1, 2};
        widths.apply(state, values);
        assertArrayEquals(new float[] {-4, -2, 0, 0.5f, 6}, values);
    }

    @Test
    void quantilesStayAscendingAndTheMedianStays() {
        var widths = new Widths(6, FIVE, NONE, Widths.PACE);
        var state = new WidthState();
        widths.adopt(state);
        var random = new Random(11);
        for (var round = 0; round < 1000; round++) {
            for (var g = 0; g < state.factors.length; g++) {
                state.factors[g] = 0.4f + random.nextFloat() * 4;
            }
            var values = new float[30];
            for (var h = 0; h < 6; h++) {
                for (var k = 0; k < 5; k++) {
                    values[h * 5 + k] = (float) random.nextGaussian() * (float) Math.pow(10, random.nextInt(12) - 6);
                }
                Arrays.sort(values, h * 5, h * 5 + 5);
            }
            var before = values.clone();
            widths.apply(state, values);
            for (var i = 0; i < 30; i++) {
                assertTrue(i % 5 == 0 || values[i] >= values[i - 1]);
                assertTrue(i % 5 != 2 || values[i] == before[i]);
            }
        }
    }

    @Test
    void theMeanIsThatOfTheQuantilesBeforeTheyWereStretched() {
        var start = new float[] {3, 1.5f, 1, 1, 0.9f};
        var widths = new Widths(1, FIVE, start, 0.1);
        var state = new WidthState();
        widths.adopt(state);
        var made = new float[] {-8, -2, 1, 2, 3};
        for (var row = 0; row < 50; row++) {
            widths.settle(state, row % 2 == 0 ? 20 : 0); // the upper ones widen
            var values = made.clone();
            widths.apply(state, values);
            widths.remember(state, values);
        }
        var values = made.clone();
        widths.apply(state, values);
        assertTrue(values[3] > made[3], "stretched");
        var means = new float[1];
        widths.means(state, true, values, means);
        var mean = 0.15 * -8 + 0.225 * -2 + 0.25 * 1 + 0.225 * 2 + 0.15 * 3; // halves of the gaps between the levels
        assertEquals(mean, means[0], 1e-5);
        widths.means(state, false, made, means);
        assertEquals(mean, means[0], 1e-5);
    }

    @Test
    void factorsSurviveAModelWithAsManyGroupsAndNothingWaits() {
        var state = new WidthState();
        var day = new Widths(24, FIVE, NONE, Widths.PACE);
        day.adopt(state);
        coverage(day, state, 0.3, 2000, 24);
        var learnt = state.factors.clone();
        new Widths(48, FIVE, NONE, Widths.PACE).adopt(state);
        assertArrayEquals(learnt, state.factors);
        for (var ring : state.waiting) {
            for (var number : ring) {
                assertTrue(Float.isNaN(number));
            }
        }
        new Widths(2, FIVE, NONE, Widths.PACE).adopt(state);
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, state.factors);
    }

    @Test
    void aStateReadBackInTheMiddleGoesOnBitForBit() {
        var widths = new Widths(12, FIVE, NONE, Widths.PACE);
        var state = new WidthState();
        widths.adopt(state);
        coverage(widths, state, 0.5, 777, 12);
        var copy = new WidthState();
        copy(state, copy);
        assertArrayEquals(coverage(widths, state, 0.5, 500, 12), coverage(widths, copy, 0.5, 500, 12));
        assertArrayEquals(state.factors, copy.factors);
        var fresh = new WidthState();
        copy(fresh, copy);
        assertEquals(0, copy.horizons());
    }

    @Test
    void refusesAStateOfAnotherFormAndBadSettings() {
        var widths = new Widths(12, FIVE, NONE, Widths.PACE);
        var error = assertThrows(IllegalArgumentException.class, () -> widths.settle(new WidthState(), 1));
        assertEquals("a state of 12 horizons was expected, not of 0; adopt it first", error.getMessage());
        var state = new WidthState();
        widths.adopt(state);
        assertThrows(IllegalArgumentException.class, () -> widths.apply(state, new float[59]));
        assertThrows(IllegalArgumentException.class, () -> new Widths(0, FIVE, NONE, 0.01));
        assertThrows(IllegalArgumentException.class, () -> new Widths(1, new float[0], NONE, 0.01));
        assertThrows(IllegalArgumentException.class, () -> new Widths(1, new float[] {0.5f, 0.4f}, NONE, 0.01));
        assertThrows(IllegalArgumentException.class, () -> new Widths(1, FIVE, NONE, Double.NaN));
    }

    private static void copy(WidthState from, WidthState to) {
        var numbers = new Numbers();
        from.visit(numbers);
        to.visit(numbers.rewind());
        assertEquals(List.of(), numbers.bits());
    }

    private static float[] flat(int horizons, float at) {
        var values = new float[horizons * 5];
        for (var i = 0; i < values.length; i++) {
            values[i] = at + i % 5 - 2;
        }
        return values;
    }

    /** Share of standard normal values within the band, by horizon from 1, over the second half of the rows. */
    private static double[] coverage(Widths widths, WidthState state, double width, int rows, int horizons) {
        var random = new Random(rows);
        var made = new float[rows][];
        var hits = new double[horizons + 1];
        for (var row = 0; row < rows; row++) {
            var x = random.nextGaussian();
            widths.settle(state, x);
            for (var h = 1; h <= horizons && row - h >= rows / 2; h++) {
                var band = made[row - h];
                hits[h] += band[(h - 1) * 5] <= x && x <= band[(h - 1) * 5 + 4] ? 1 : 0;
            }
            made[row] = new float[horizons * 5];
            for (var i = 0; i < made[row].length; i++) {
                made[row][i] = (float) (FIVE_SIGMA[i % 5] * width);
            }
            widths.apply(state, made[row]);
            widths.remember(state, made[row]);
        }
        for (var h = 1; h <= horizons; h++) {
            hits[h] /= rows - rows / 2 - h;
        }
        return hits;
    }
}
