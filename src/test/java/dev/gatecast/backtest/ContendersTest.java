package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContendersTest {
    @Test
    void aWindowRemembersWhatAMapWould() {
        var random = new Random(5);
        for (var trial = 0; trial < 50; trial++) {
            var capacity = 1 + random.nextInt(100);
            var window = new Window(capacity, true);
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
                    assertEquals(expected.isNaN() ? Window.NO_TIME : back - slot, window.time(slot - back));
                }
                assertTrue(Double.isNaN(window.get(slot - capacity)) && Double.isNaN(window.get(slot + 1)));
            }
        }
    }

    @Test
    void gapsAreFilledWithTheValueBefore() {
        var window = new Window(6, false);
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
        var window = new Window(10, false);
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
        return IntStream.rangeClosed(1, 7)
                .mapToDouble(horizon -> contender.forecast(window, 4, horizon))
                .toArray();
    }

    @Test
    void quantileErrorsAreThoseOfTheirDefinitions() {
        var errors = new QuantileErrors(new float[] {0.05f, 0.25f, 0.5f, 0.75f, 0.95f}, 2);
        errors.add(1, 10, new float[] {0, 5, 8, 12, 20, 0, 0, 0, 0, 0});
        errors.add(1, 30, new float[] {0, 5, 8, 12, 20, 0, 0, 0, 0, 0});
        var first = (0.05 * 10 + 0.25 * 5 + 0.5 * 2 + 0.25 * 2 + 0.05 * 10) / 5;
        var second = (0.05 * 30 + 0.25 * 25 + 0.5 * 22 + 0.75 * 18 + 0.95 * 10) / 5;
        assertEquals((first + second) / 2, errors.pinball(1, 1), 1e-6);
        assertTrue(Double.isNaN(errors.pinball(2, 2)));
        assertEquals(List.of(new BandMetrics(0.5, 0.5, 7), new BandMetrics(0.9, 0.5, 20)), errors.bands(1, 2));
    }

    @Test
    void pointErrorsAreThoseOfTheirDefinitions() {
        var errors = new PointErrors(2);
        errors.add(1, 10, 12, 4);
        errors.add(1, 0, 0, 0);
        errors.add(2, -6, 2, 2);
        assertEquals(new PointMetrics(2, 1, Math.sqrt(2), 200 * 2.0 / 22 / 2, 0.5), errors.metrics(1, 1));
        assertEquals(new PointMetrics(1, 8, 8, 200, 4), errors.metrics(2, 2));
        assertEquals(10.0 / 3, errors.metrics(1, 2).mae(), 1e-12);
    }
}
