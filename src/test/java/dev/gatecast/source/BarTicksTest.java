package dev.gatecast.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.feature.BarSpec;
import dev.gatecast.feature.BarSpec.Fill;
import dev.gatecast.feature.BarSpec.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarTicksTest {
    private static Tick tick(String entity, long time, double value) {
        return new Tick(entity, time, new double[] {value});
    }

    private static List<String> read(TickSource source) {
        var all = new ArrayList<String>();
        for (var tick = source.next(); tick != null; tick = source.next()) {
            all.add(tick.tick().entity() + " " + tick.tick().time() + " "
                    + Arrays.toString(tick.tick().values()) + " #" + tick.row());
        }
        return all;
    }

    private static ListTicks source(Tick... ticks) {
        var sourced = new ArrayList<SourcedTick>();
        for (var tick : ticks) {
            sourced.add(new SourcedTick(tick, sourced.size(), new Origin.Line("t", sourced.size())));
        }
        return new ListTicks(new Fields(List.of("value"), List.of("value")), sourced);
    }

    private static BarTicks bars(Fill fill, Tick... ticks) {
        return new BarTicks(source(ticks), new BarSpec(10, 0, List.of(Rule.SUM), fill, 2));
    }

    @Test
    void theStreamsTimeClosesTheBarsOfAll() {
        var bars =
                bars(Fill.NONE, tick("a", 1, 1), tick("b", 3, 2), tick("a", 9, 4), tick("b", 12, 8), tick("b", 31, 9));
        assertEquals(List.of("value", "missing"), bars.fields().names());
        assertEquals(List.of("a 0 [5.0, 0.0] #0", "b 0 [2.0, 0.0] #0", "b 10 [8.0, 0.0] #1"), read(bars));
    }

    @Test
    void anEntityThatFallsSilentIsFilledWhileTheStreamGoesOn() {
        var bars =
                bars(Fill.ZERO, tick("a", 1, 1), tick("b", 3, 2), tick("b", 44, 8), tick("a", 50, 3), tick("a", 60, 3));
        assertEquals(
                List.of(
                        "a 0 [1.0, 0.0] #0",
                        "b 0 [2.0, 0.0] #0",
                        "a 10 [0.0, 1.0] #1",
                        "b 10 [0.0, 1.0] #1",
                        "a 20 [0.0, 1.0] #2",
                        "b 20 [0.0, 1.0] #2",
                        "b 40 [8.0, 0.0] #3",
                        "a 50 [3.0, 0.0] #3",
                        "b 50 [0.0, 1.0] #4"),
                read(bars));
    }

    /** Outages from two weeks to three, of which two weeks are filled while they last. */
    @Test
    void theBarADayOrAWeekBeforeStaysThatThroughAnOutage() {
        long hour = 3_600_000;
        for (int outage = 330; outage < 530; outage += 7) {
            var ticks = new ArrayList<Tick>();
            for (int i = 0; i < 200; i++) {
                ticks.add(tick("a", (i < 100 ? i : i + outage) * hour, 1));
            }
            var spec = new BarSpec(hour, 0, List.of(Rule.LAST), Fill.SEASON, 336);
            var bars = new BarTicks(source(ticks.toArray(Tick[]::new)), spec);
            var times = new ArrayList<Long>();
            for (var bar = bars.next(); bar != null; bar = bars.next()) {
                times.add(bar.tick().time());
            }
            assertEquals((199 + outage) * hour - hour, times.get(times.size() - 1));
            for (int back : new int[] {24, 168}) {
                for (int i = back; i < times.size(); i++) {
                    assertEquals(0, (times.get(i) - times.get(i - back)) % (back * hour), "outage " + outage);
                }
            }
        }
    }

    /** What is due again when the last tick of all comes needs no other one. */
    @Test
    void whatIsFilledAfterAPauseIsFilledAtOnce() {
        long hour = 3_600_000;
        var spec = new BarSpec(hour, 0, List.of(Rule.LAST), Fill.ZERO, 24);
        var bars = new BarTicks(source(tick("a", 0, 1), tick("a", 30 * hour, 2)), spec);
        assertEquals(1 + 24 + 5, read(bars).size());
    }

    @Test
    void aBarThatTheForecasterIsToGuessIsNotCountedAsOneWithoutATarget() {
        var bars = bars(Fill.SEASON, tick("a", 1, 1), tick("a", 31, 2), tick("a", 50, 2));
        assertEquals(
                List.of(
                        "a 0 [1.0, 0.0] #0",
                        "a 10 [NaN, 1.0] #1",
                        "a 20 [NaN, 1.0] #2",
                        "a 30 [2.0, 0.0] #3",
                        "a 40 [NaN, 1.0] #4"),
                read(bars));
        assertEquals(Map.of(), bars.rejections().counts());
    }

    /** As live, where each partition is a task with a clock of its own. */
    @Test
    void aPartitionsTimeClosesItsOwnBars() {
        var ticks = List.of(
                new SourcedTick(tick("a", 1, 1), 0, new Origin.Offset("t", 0, 0)),
                new SourcedTick(tick("b", 31, 2), 0, new Origin.Offset("t", 1, 0)),
                new SourcedTick(tick("a", 2, 4), 1, new Origin.Offset("t", 0, 1)),
                new SourcedTick(tick("c", 10, 8), 0, new Origin.Offset("t", 0, 2)));
        var source = new ListTicks(new Fields(List.of("value"), List.of("value")), ticks);
        var bars = new BarTicks(source, new BarSpec(10, 0, List.of(Rule.SUM), Fill.NONE, 0));
        assertEquals(List.of("a 0 [5.0, 0.0] #0"), read(bars));
        assertEquals(Map.of(), bars.rejections().counts());
    }

    @Test
    void lateTicksAndBarsWithoutATargetAreCounted() {
        var source =
                source(tick("a", 1, 1), tick("a", 11, 1), tick("a", 5, 1), tick("b", 12, Double.NaN), tick("a", 30, 1));
        var bars = new BarTicks(source, new BarSpec(10, 0, List.of(Rule.MEAN), Fill.NONE, 0));
        assertEquals(List.of("a 0 [1.0, 0.0] #0", "a 10 [1.0, 0.0] #1"), read(bars));
        assertEquals(
                Map.of(Rejection.LATE, 1L, Rejection.MISSING_FIELD, 1L),
                bars.rejections().counts());
    }

    @Test
    void thereIsARuleForEachField() {
        var two = new BarSpec(10, 0, List.of(Rule.SUM, Rule.SUM), Fill.NONE, 0);
        assertThrows(BadSource.class, () -> new BarTicks(source(), two));
    }
}
