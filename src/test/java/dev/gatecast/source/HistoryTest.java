package dev.gatecast.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Fields VALUE = new Fields(List.of("value"), List.of("value"));

    private static List<SourcedTick> ticks(int entities, int rows) {
        var all = new ArrayList<SourcedTick>();
        for (var row = 0; row < rows; row++) {
            for (var entity = 0; entity < entities; entity++) {
                all.add(tick("e" + entity, row, row));
            }
        }
        return all;
    }

    private static SourcedTick tick(String entity, long time, long row) {
        return new SourcedTick(new Tick(entity, time, new double[] {row}), row, new Origin.Line("list", row));
    }

    private static History read(List<SourcedTick> ticks, History.Limits limits) {
        return History.read(new ListTicks(VALUE, ticks), limits);
    }

    private static List<String> names(History history) {
        return history.series().stream().map(Series::entity).toList();
    }

    @Test
    void theSampleDoesNotDependOnTheOrderOfTheTicks() {
        var ticks = ticks(1000, 3);
        var limits = new History.Limits(100, 16_000_000, Long.MAX_VALUE, 7);
        var sample = read(ticks, limits);
        assertEquals(100, sample.series().size());
        assertEquals(300, sample.ticks());
        assertEquals(2700, sample.dropped());
        ticks.sort((a, b) -> b.tick().entity().compareTo(a.tick().entity()));
        assertEquals(names(sample), names(read(ticks, limits)));
        assertTrue(!names(sample).equals(names(read(ticks, new History.Limits(100, 16_000_000, Long.MAX_VALUE, 8)))));
    }

    @Test
    void everyEntityIsAsLikelyToBeSampled() {
        var ticks = ticks(50, 1);
        var hits = new int[50];
        for (var seed = 0; seed < 2000; seed++) {
            names(read(ticks, new History.Limits(10, 16_000, Long.MAX_VALUE, seed)))
                    .forEach(name -> hits[Integer.parseInt(name.substring(1))]++);
        }
        for (var count : hits) {
            assertTrue(count > 310 && count < 490, "400 of 2000 expected, got " + count);
        }
    }

    @Test
    void theBoundOnTicksHoldsAndTheNewestStay() {
        var history = read(ticks(40, 500), new History.Limits(100, 80_000, Long.MAX_VALUE, 1));
        assertTrue(history.ticks() <= 5_000 && history.ticks() >= 2_500, "kept " + history.ticks());
        assertEquals(40 * 500, history.ticks() + history.dropped());
        assertEquals(32, history.series().size());
        history.series().forEach(series -> assertEquals(499, series.time(series.size() - 1)));
    }

    @Test
    void twoFieldsTakeHalfAsManyTicksMore() {
        var two = new Fields(List.of("value", "other"), List.of("value"));
        var history = History.empty(two, new History.Limits(100, 2_400, Long.MAX_VALUE, 1));
        for (int row = 0; row < 500; row++) {
            history.add(
                    new SourcedTick(new Tick("one", row, new double[] {row, row}), row, new Origin.Line("list", row)));
        }
        assertTrue(history.ticks() <= 100 && history.ticks() >= 50, "kept " + history.ticks());
    }

    @Test
    void onlyTheNewestSpanOfTimeStays() {
        for (long bytes : new long[] {16_000_000, 16 * 900}) {
            var history = read(ticks(40, 500), new History.Limits(100, bytes, 20, 1));
            assertEquals(40 * 500, history.ticks() + history.dropped());
            history.series().forEach(series -> {
                assertTrue(series.time(0) >= 479, "from " + series.time(0));
                assertEquals(499, series.time(series.size() - 1));
            });
            assertTrue(history.series().size() >= 32);
        }
    }

    @Test
    void whatIsNotNewerIsLeftOut() {
        var ticks = List.of(tick("a", 5, 0), tick("a", 5, 1), tick("a", 4, 2), tick("a", 6, 3));
        var history = read(ticks, History.Limits.DEFAULT);
        assertEquals(2, history.late());
        assertEquals(2, history.series().get(0).size());
        assertEquals(6, history.series().get(0).tick(1).time());
    }

    @Test
    void aCutSeparatesThePastFromTheRest() {
        var ticks = new ArrayList<>(ticks(2, 10));
        Collections.shuffle(ticks, new Random(1));
        ticks.sort((a, b) -> Long.compare(a.tick().time(), b.tick().time()));
        assertEquals(6, past(ticks, "3").size());
        assertEquals(6, past(ticks, "0.35").size());
        assertEquals(12, past(ticks, "-4").size());
        assertEquals(0, past(ticks, "-40").size());
        assertEquals(20, past(ticks, "1.0").size());
        assertEquals(20, past(ticks, "1970-01-02").size());
        assertEquals(14, past(ticks, "1970-01-01T00:00:00.007").size());
        for (var text : List.of("", "soon", "1.5", "-0.3", "3h", "99999999999999999999")) {
            var refusal = assertThrows(BadSource.class, () -> Cut.parse(text));
            assertTrue(String.valueOf(refusal.getMessage()).contains("neither a time"));
        }
    }

    private static List<SourcedTick> past(List<SourcedTick> ticks, String cut) {
        var past = Cut.parse(cut).past(() -> new ListTicks(VALUE, ticks));
        return ticks.stream().filter(past).toList();
    }
}
