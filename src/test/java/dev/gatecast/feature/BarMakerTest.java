package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.BarSpec.Fill;
import dev.gatecast.feature.BarSpec.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BarMakerTest {
    private final List<String> bars = new ArrayList<>();

    private static BarSpec spec(long grace, Fill fill, Rule... rules) {
        return new BarSpec(10, grace, List.of(rules), fill, 3);
    }

    private void note(long start, double[] values) {
        bars.add(start + " " + Arrays.toString(values));
    }

    private boolean tick(BarMaker maker, long time, double... values) {
        maker.close(time, this::note);
        return maker.add(time, values);
    }

    @Test
    void everyRuleKeepsWhatItSays() {
        var maker = new BarMaker(spec(0, Fill.NONE, Rule.LAST, Rule.MEAN, Rule.SUM, Rule.COUNT, Rule.MIN, Rule.MAX));
        for (var value : new double[] {4, 1, Double.NaN, 7}) {
            tick(maker, 12, value, value, value, value, value, value);
        }
        tick(maker, 20, 0, 0, 0, 0, 0, 0);
        assertEquals(List.of("10 [7.0, 4.0, 12.0, 3.0, 1.0, 7.0, 0.0]"), bars);
    }

    @Test
    void aBarWithoutAValueHasNone() {
        var maker = new BarMaker(spec(0, Fill.NONE, Rule.LAST, Rule.MEAN, Rule.SUM, Rule.COUNT, Rule.MIN, Rule.MAX));
        var nothing = new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        tick(maker, 12, nothing);
        maker.close(20, this::note);
        assertEquals(List.of("10 [NaN, NaN, 0.0, 0.0, NaN, NaN, 0.0]"), bars);
    }

    @Test
    void theLastIsTheLastByTimeAndGraceLetsLateTicksIn() {
        var maker = new BarMaker(spec(5, Fill.NONE, Rule.LAST));
        assertTrue(tick(maker, 17, 1));
        assertTrue(tick(maker, 24, 2));
        assertTrue(maker.add(13, new double[] {3}), "within the grace");
        assertTrue(tick(maker, 25, 4));
        assertFalse(maker.add(14, new double[] {5}), "closed at 25");
        maker.close(35, this::note);
        assertEquals(List.of("10 [1.0, 0.0]", "20 [4.0, 0.0]"), bars);
    }

    @Test
    void gapsAreFilledByTheRuleAndMarkedUntilTheyAreTooLong() {
        var last = new BarMaker(spec(0, Fill.LAST, Rule.SUM));
        tick(last, 11, 2);
        tick(last, 41, 5);
        last.close(90, this::note);
        assertEquals(Long.MAX_VALUE, last.due(), "it pauses");
        assertTrue(last.add(120, new double[] {6}));
        last.close(130, this::note);
        assertEquals(
                List.of(
                        "10 [2.0, 0.0]",
                        "20 [2.0, 1.0]",
                        "30 [2.0, 1.0]",
                        "40 [5.0, 0.0]",
                        "50 [5.0, 1.0]",
                        "60 [5.0, 1.0]",
                        "70 [5.0, 1.0]",
                        "120 [6.0, 0.0]"),
                bars);
        bars.clear();
        var zero = new BarMaker(spec(0, Fill.ZERO, Rule.SUM));
        tick(zero, 11, 2);
        zero.close(30, this::note);
        assertEquals(List.of("10 [2.0, 0.0]", "20 [0.0, 1.0]"), bars);
        bars.clear();
        var none = new BarMaker(spec(0, Fill.NONE, Rule.SUM));
        tick(none, 11, 2);
        tick(none, 55, 3);
        none.close(60, this::note);
        assertEquals(List.of("10 [2.0, 0.0]", "50 [3.0, 0.0]"), bars);
    }

    @Test
    void timesBefore1970HaveBarsToo() {
        assertEquals(-10, spec(0, Fill.NONE, Rule.SUM).start(-1));
        assertEquals(-10, spec(0, Fill.NONE, Rule.SUM).start(-10));
    }

    /** A bar is what its ticks make it: asking for due bars more or less often changes nothing. */
    @Test
    void whenSomebodyAsksDoesNotMatter() {
        var random = new Random(1);
        for (var fill : Fill.values()) {
            var often = new BarMaker(spec(7, fill, Rule.SUM));
            var seldom = new BarMaker(spec(7, fill, Rule.SUM));
            var ofOften = new ArrayList<String>();
            var ofSeldom = new ArrayList<String>();
            long stream = 0;
            for (var i = 0; i < 2_000; i++) {
                stream += random.nextInt(20) == 0 ? random.nextInt(100) : random.nextInt(4);
                long time = Math.max(0, stream - random.nextInt(25));
                var value = new double[] {random.nextInt(10)};
                for (var at = stream - 30; at < stream; at++) {
                    often.close(at, (start, values) -> ofOften.add(start + Arrays.toString(values)));
                }
                often.close(stream, (start, values) -> ofOften.add(start + Arrays.toString(values)));
                seldom.close(stream, (start, values) -> ofSeldom.add(start + Arrays.toString(values)));
                assertEquals(often.add(time, value), seldom.add(time, value));
            }
            assertTrue(ofOften.size() > 200);
            assertEquals(ofOften, ofSeldom);
        }
    }
}
