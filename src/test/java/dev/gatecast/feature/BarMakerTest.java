package dev.gatecast.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.BarSpec.Fill;
import dev.gatecast.feature.BarSpec.Rule;
import dev.gatecast.support.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarMakerTest {
    private static final long HOUR = 3_600_000;

    private final List<String> bars = new ArrayList<>();

    private static BarSpec spec(long grace, Fill fill, Rule... rules) {
        return new BarSpec(10, grace, List.of(rules), fill, 3);
    }

    /** One entity's bars. */
    private static final class One {
        private final BarMaker maker;
        private final BarState state = new BarState();

        One(BarSpec spec) {
            maker = new BarMaker(spec);
        }

        void close(long time, List<String> into) {
            for (var bar = maker.next(state, time); bar != null; bar = maker.next(state, time)) {
                into.add(bar.start() + " " + Arrays.toString(bar.values()));
            }
        }

        boolean add(long time, double... values) {
            return maker.add(state, time, values);
        }
    }

    private boolean tick(One one, long time, double... values) {
        one.close(time, bars);
        return one.add(time, values);
    }

    @Test
    void everyRuleKeepsWhatItSays() {
        var maker = new One(spec(0, Fill.NONE, Rule.LAST, Rule.MEAN, Rule.SUM, Rule.COUNT, Rule.MIN, Rule.MAX));
        for (var value : new double[] {4, 1, Double.NaN, 7}) {
            tick(maker, 12, value, value, value, value, value, value);
        }
        tick(maker, 20, 0, 0, 0, 0, 0, 0);
        assertEquals(List.of("10 [7.0, 4.0, 12.0, 3.0, 1.0, 7.0, 0.0]"), bars);
    }

    @Test
    void aBarWithoutTicksAnnouncesNothingHoweverItIsFilled() {
        for (var fill : List.of(Fill.LAST, Fill.ZERO, Fill.SEASON)) {
            bars.clear();
            var maker = new One(spec(0, fill, Rule.LAST, Rule.ANNOUNCED));
            tick(maker, 12, 4, 5);
            tick(maker, 14, 4, 6);
            tick(maker, 31, 1, 2);
            assertEquals("10 [4.0, 6.0, 0.0]", bars.get(0));
            assertTrue(bars.get(1).startsWith("20 [") && bars.get(1).endsWith(", NaN, 1.0]"), bars.get(1));
        }
    }

    @Test
    void aBarWithoutAValueHasNone() {
        var maker = new One(spec(0, Fill.NONE, Rule.LAST, Rule.MEAN, Rule.SUM, Rule.COUNT, Rule.MIN, Rule.MAX));
        var nothing = new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        tick(maker, 12, nothing);
        maker.close(20, bars);
        assertEquals(List.of("10 [NaN, NaN, 0.0, 0.0, NaN, NaN, 0.0]"), bars);
    }

    @Test
    void theLastIsTheLastByTimeAndGraceLetsLateTicksIn() {
        var maker = new One(spec(5, Fill.NONE, Rule.LAST));
        assertTrue(tick(maker, 17, 1));
        assertTrue(tick(maker, 24, 2));
        assertTrue(maker.add(13, new double[] {3}), "within the grace");
        assertTrue(tick(maker, 25, 4));
        assertFalse(maker.add(14, new double[] {5}), "closed at 25");
        maker.close(35, bars);
        assertEquals(List.of("10 [1.0, 0.0]", "20 [4.0, 0.0]"), bars);
    }

    @Test
    void gapsAreFilledByTheRuleAndMarkedUntilTheyAreTooLong() {
        var last = new One(spec(0, Fill.LAST, Rule.SUM));
        tick(last, 11, 2);
        tick(last, 41, 5);
        last.close(90, bars);
        assertEquals(Long.MAX_VALUE, last.maker.due(last.state), "it pauses");
        assertTrue(last.add(120, new double[] {6}));
        last.close(130, bars);
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
        var zero = new One(spec(0, Fill.ZERO, Rule.SUM));
        tick(zero, 11, 2);
        zero.close(30, bars);
        assertEquals(List.of("10 [2.0, 0.0]", "20 [0.0, 1.0]"), bars);
        bars.clear();
        var none = new One(spec(0, Fill.NONE, Rule.SUM));
        tick(none, 11, 2);
        tick(none, 55, 3);
        none.close(60, bars);
        assertEquals(List.of("10 [2.0, 0.0]", "50 [3.0, 0.0]"), bars);
    }

    /** Days of 24 bars, of which 30 in a row are filled: of the 90 after them three days are left out, and 18 filled. */
    @ParameterizedTest
    @ValueSource(longs = {0, 7})
    void ofAGapThatIsTooLongWholeDaysAreLeftOut(long hoursOfGrace) {
        var one = new One(new BarSpec(HOUR, hoursOfGrace * HOUR, List.of(Rule.LAST), Fill.SEASON, 30));
        tick(one, 2 * HOUR, 1);
        tick(one, 123 * HOUR, 4);
        one.close((124 + hoursOfGrace) * HOUR, bars);
        var expected = new ArrayList<String>();
        expected.add(2 * HOUR + " [1.0, 0.0]");
        for (long bar = 3; bar < 123; bar = bar == 32 ? 33 + 72 : bar + 1) {
            expected.add(bar * HOUR + " [NaN, 1.0]");
        }
        expected.add(123 * HOUR + " [4.0, 0.0]");
        assertEquals(expected, bars);
        one.close(1000 * HOUR, bars);
        assertEquals(expected.size() + 30, bars.size(), "the next gap is filled as far as the first");
    }

    /** A week is 168 bars of an hour, a day 288 of five minutes, an hour 60 of one; ten seconds have none of 336. */
    @ParameterizedTest
    @CsvSource({
        "3600, 336, 168",
        "3600, 167, 24",
        "300, 336, 288",
        "60, 336, 60",
        "7, 336, 1",
        "10, 336, 1",
        "3600, 0, 1"
    })
    void thePeriodIsTheLongestThatCanBeFilled(long seconds, int mostFilled, int period) {
        var rules = List.of(Rule.LAST);
        assertEquals(period, new BarSpec(1000 * seconds, 0, rules, Fill.SEASON, mostFilled).period());
        assertEquals(1, new BarSpec(1000 * seconds, 0, rules, Fill.NONE, mostFilled).period());
    }

    /** The state goes through a copy of its numbers after every tick. */
    @Test
    void barsReadBackGoOnAsTheyWere() {
        var random = new Random(2);
        for (var fill : Fill.values()) {
            var stayed = new One(spec(7, fill, Rule.LAST, Rule.MEAN));
            var returned = new One(spec(7, fill, Rule.LAST, Rule.MEAN));
            var ofReturned = new ArrayList<String>();
            bars.clear();
            for (long i = 0; i < 500; i++) {
                long time = 4 * i - random.nextInt(20) + (random.nextInt(30) == 0 ? 0 : 20);
                stayed.close(4 * i, bars);
                returned.close(4 * i, ofReturned);
                double value = random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian();
                assertEquals(stayed.add(time, value, i), returned.add(time, value, i));
                var numbers = new Numbers();
                returned.state.visit(numbers);
                var taken = numbers.bits();
                returned.state.visit(numbers.rewind());
                var again = new Numbers();
                returned.state.visit(again);
                assertEquals(taken, again.bits());
            }
            assertTrue(bars.size() > 100);
            assertEquals(bars, ofReturned);
        }
    }

    @Test
    void whatTheForecasterIsToGuessIsLeftOpen() {
        var one = new One(spec(0, Fill.SEASON, Rule.SUM, Rule.COUNT));
        tick(one, 11, 2, 2);
        one.close(30, bars);
        assertEquals(List.of("10 [2.0, 1.0, 0.0]", "20 [NaN, NaN, 1.0]"), bars);
    }

    @Test
    void lastAndSeasonAreGuessesAndZeroIsNot() {
        for (var fill : List.of(Fill.LAST, Fill.SEASON, Fill.ZERO)) {
            var maker = new BarMaker(spec(0, fill, Rule.SUM));
            var state = new BarState();
            maker.add(state, 11, new double[] {2});
            assertFalse(Objects.requireNonNull(maker.next(state, 30)).missing());
            assertEquals(
                    fill != Fill.ZERO,
                    Objects.requireNonNull(maker.next(state, 30)).missing());
        }
    }

    @Test
    void barsOfAnotherLengthBeginAnew() {
        var one = new One(spec(0, Fill.LAST, Rule.SUM));
        tick(one, 11, 2);
        tick(one, 25, 2);
        var longer = new BarMaker(new BarSpec(100, 0, List.of(Rule.SUM), Fill.LAST, 3));
        assertEquals(Long.MAX_VALUE, longer.due(one.state));
        assertTrue(longer.add(one.state, 30, new double[] {4}));
        assertEquals(0, Objects.requireNonNull(longer.next(one.state, 100)).start());
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
            var often = new One(spec(7, fill, Rule.SUM));
            var seldom = new One(spec(7, fill, Rule.SUM));
            var ofOften = new ArrayList<String>();
            var ofSeldom = new ArrayList<String>();
            long stream = 0;
            for (var i = 0; i < 2_000; i++) {
                stream += random.nextInt(20) == 0 ? random.nextInt(100) : random.nextInt(4);
                long time = Math.max(0, stream - random.nextInt(25));
                var value = new double[] {random.nextInt(10)};
                for (var at = stream - 30; at < stream; at++) {
                    often.close(at, ofOften);
                }
                often.close(stream, ofOften);
                seldom.close(stream, ofSeldom);
                assertEquals(often.add(time, value), seldom.add(time, value));
            }
            assertTrue(ofOften.size() > 200);
            assertEquals(ofOften, ofSeldom);
        }
    }
}
