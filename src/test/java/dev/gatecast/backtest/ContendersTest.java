package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContendersTest {
    @Test
    void aWindowRemembersWhatAMapWould() {
        var random = new Random(5);
        for (var trial = 0; trial < 50; trial++) {
            var capacity = 1 + random.nextInt(100);
            var timed = random.nextInt(capacity + 1);
            var window = new Window(capacity, timed);
            var map = new TreeMap<Long, Double>();
            var slot = random.nextInt(1000) - 500L;
            for (var step = 0; step < 300; step++) {
                slot += random.nextInt(20) == 0 ? random.nextInt(2 * capacity + 2) : random.nextInt(3);
                var value = random.nextDouble();
                window.put(slot, value, -slot);
                map.putIfAbsent(slot, value);
                for (var back = 0; back < capacity; back++) {
                    var expected = map.getOrDefault(slot - back, Double.NaN);
                    assertEquals(expected, window.get(slot - back), "capacity " + capacity + ", back " + back);
                    var time = expected.isNaN() || back >= timed ? Window.NO_TIME : back - slot;
                    assertEquals(time, window.time(slot - back));
                }
                assertTrue(Double.isNaN(window.get(slot - capacity)) && Double.isNaN(window.get(slot + 1)));
            }
        }
    }

    @Test
    void gapsAreFilledWithTheValueBefore() {
        var window = new Window(6, 0);
        window.put(10, 1, 0);
        window.put(12, 2, 0);
        window.put(15, 3, 0);
        var last = new double[4];
        window.last(last);
        assertArrayEquals(new double[] {2, 2, 2, 3}, last);
        window.put(18, 4, 0);
        window.last(last);
        assertArrayEquals(new double[] {3, 3, 3, 4}, last);
        var all = new double[6];
        window.last(all);
        assertArrayEquals(new double[] {3, 3, 3, 3, 3, 4}, all, "nothing is known before the first one kept");
    }

    @Test
    void theSeasonalNaiveRepeatsTheSeasonAndFallsBackToTheLastValue() {
        var window = new Window(10, 0);
        for (var slot = 0; slot < 5; slot++) {
            window.put(slot, slot, 0);
        }
        window.put(5, 99, 0);
        assertArrayEquals(new double[] {2, 3, 4, 2, 3, 4, 2}, forecasts(new SeasonalNaive(3), window));
        assertArrayEquals(new double[] {4, 4, 0, 1, 2, 3, 4}, forecasts(new SeasonalNaive(7), window));
        assertArrayEquals(new double[] {4, 4, 4, 4, 4, 4, 4}, forecasts(new LastValue(), window));
    }

    /** Made at slot 4, looked up when slot 5 is there. */
    private static double[] forecasts(Contender contender, Window window) {
        var into = new double[7];
        contender.forecast(window, 4, into);
        return into;
    }

    @Test
    void quantileErrorsAreThoseOfTheirDefinitions() {
        var errors = new QuantileErrors(new float[] {0.05f, 0.25f, 0.5f, 0.75f, 0.95f}, 2);
        var values = new float[] {0, 5, 8, 12, 20, 0, 0, 0, 0, 0};
        assertArrayEquals(new int[] {1, 1}, errors.add(new double[] {1, 0}, new double[] {10, 0}, values));
        assertArrayEquals(new int[] {0, 0}, errors.add(new double[] {1, 0}, new double[] {30, 0}, values));
        var first = (0.05 * 10 + 0.25 * 5 + 0.5 * 2 + 0.25 * 2 + 0.05 * 10) / 5;
        var second = (0.05 * 30 + 0.25 * 25 + 0.5 * 22 + 0.75 * 18 + 0.95 * 10) / 5;
        assertEquals((first + second) / 2, errors.pinball(1, 1), 1e-6);
        assertTrue(Double.isNaN(errors.pinball(2, 2)));
        assertEquals(List.of(new BandMetrics(0.5, 0.5, 7), new BandMetrics(0.9, 0.5, 20)), errors.bands(1, 2));
        assertArrayEquals(new double[] {0, 0, 0, 0.5, 0.5}, errors.below());
    }

    /** Two of three levels are equal to the value: it counts as drawn between 0 and the upper one of the two. */
    @Test
    void aValueEqualToQuantilesIsSpreadOverTheirLevels() {
        var errors = new QuantileErrors(new float[] {0.25f, 0.5f, 0.75f}, 1);
        assertArrayEquals(new int[] {1}, errors.add(new double[] {1}, new double[] {0}, new float[] {0, 0, 3}));
        assertArrayEquals(new double[] {0.5, 1, 1}, errors.below());
    }

    @Test
    void pointErrorsAreThoseOfTheirDefinitions() {
        var errors = new PointErrors(2, 2);
        add(errors, new double[] {1, 1}, new double[] {10, -6}, new double[] {12, 2, 10, -6}, 2, 4);
        add(errors, new double[] {1, 0}, new double[] {0, 0}, new double[] {0, 77, 3, 77}, 0, 0);
        assertEquals(new PointMetrics(2, 1, Math.sqrt(8), 200 * 2.0 / 22 / 2, 0.5), errors.metrics(0, 1, 1));
        assertEquals(new PointMetrics(1, 8, 10, 200, 2), errors.metrics(0, 2, 2));
        assertEquals(10.0 / 3, errors.metrics(0, 1, 2).mae(), 1e-12);
        assertEquals(new PointMetrics(2, 1.5, Math.sqrt(6.5), 100, 0), errors.metrics(1, 1, 1));
    }

    /** What came is the same for all contenders; the means are so much above the forecasts. */
    private static void add(
            PointErrors errors, double[] came, double[] actual, double[] forecast, double more, double scale) {
        var each = new double[] {actual[0], actual[1], actual[0], actual[1]};
        var means = Arrays.stream(forecast).map(one -> one + more).toArray();
        errors.add(came, each, forecast, means, scale, new double[4]);
    }

    @Test
    void holtAndWintersFollowLevelAndSeason() {
        var contender = new HoltWinters(4);
        var memory = contender.memory();
        var window = new Window(10, 0);
        var season = new double[] {10, -4, 3, -9};
        var into = new double[6];
        for (var slot = 0; slot < 3; slot++) {
            window.put(slot, 7 * slot, 0);
            memory = contender.tick(slot, 7 * slot, memory);
        }
        contender.forecast(window, memory, into);
        assertArrayEquals(new double[] {14, 14, 14, 14, 14, 14}, into, "the last value while the first season lasts");
        for (var slot = 20; slot < 400; slot++) {
            if (slot % 17 > 0) {
                memory = contender.tick(slot, 50 + season[slot % 4], memory);
            }
        }
        contender.forecast(window, memory, into);
        for (var h = 0; h < into.length; h++) {
            assertEquals(50 + season[(400 + h) % 4], into[h], 0.2);
        }
    }

    /** A wave on a level that wanders about: what looks like a trend for some steps is none. */
    @Test
    void holtAndWintersAreNoWorseThanTheSeasonBeforeWhereThereIsNoTrend() {
        var random = new Random(3);
        var contender = new HoltWinters(24);
        var memory = contender.memory();
        var window = new Window(2, 0);
        var into = new double[24];
        var values = new double[3000];
        double wandered = 0;
        for (var slot = 0; slot < values.length; slot++) {
            wandered = 0.8 * wandered + random.nextGaussian();
            values[slot] = wave(slot) + wandered;
        }
        double error = 0;
        double naive = 0;
        for (var slot = 0; slot + 24 < values.length; slot++) {
            window.put(slot, values[slot], slot);
            memory = contender.tick(slot, values[slot], memory);
            if (slot > 500) {
                contender.forecast(window, memory, into);
                error += Math.abs(into[23] - values[slot + 24]);
                naive += Math.abs(values[slot] - values[slot + 24]);
            }
        }
        assertTrue(error < naive, error + " against " + naive);
    }

    private static double wave(int slot) {
        return 5 * Math.sin(slot * Math.PI / 12);
    }

    @Test
    void withoutASeasonATrendIsFollowedAndDamped() {
        var contender = new HoltWinters(1);
        var memory = contender.memory();
        for (var slot = 0; slot < 300; slot++) {
            memory = contender.tick(slot, 3 * slot, memory);
        }
        var into = new double[2];
        contender.forecast(new Window(4, 0), memory, into);
        assertEquals(900, into[0], 3);
        assertTrue(into[1] > into[0] && into[1] < into[0] + 3);
    }

    @Test
    void aDifferenceThatIsAlwaysThereIsSignificantAndNoiseIsNot() {
        var random = new Random(4);
        var better = random.doubles(400).map(any -> 0.3 + random.nextGaussian()).toArray();
        var noise = random.doubles(400).map(any -> random.nextGaussian()).toArray();
        var one = Significance.of("other", 1, 1, better, 1);
        assertEquals(0.3, one.difference(), 0.15);
        assertTrue(one.statistic() > 4 && one.p() < 1e-3, one::toString);
        assertTrue(Significance.of("other", 1, 1, noise, 1).p() > 0.05);
        assertTrue(Double.isNaN(
                Significance.of("other", 1, 1, Arrays.copyOf(better, 9), 1).p()));
    }

    @Test
    void bucketsOfTimeKeepTheirSumsWhenTheyWiden() {
        var buckets = new TimeBuckets(1, 2048);
        var others = new TimeBuckets(1, 2048);
        for (var time = 0; time < 10_000; time++) {
            (time % 3 == 0 ? buckets : others).add(7L * time, new double[] {1, time});
        }
        buckets.merge(others);
        assertTrue(buckets.byTime().size() <= 2048 && buckets.byTime().size() > 1000);
        assertEquals(
                10_000,
                buckets.byTime().values().stream().mapToDouble(sums -> sums[0]).sum());
        assertEquals(
                10_000L * 9_999 / 2,
                buckets.byTime().values().stream().mapToDouble(sums -> sums[1]).sum());
    }
}
