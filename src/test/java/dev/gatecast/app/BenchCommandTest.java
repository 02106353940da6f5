package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.topology.TopologyBench.Pair;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    /** A kernel whose loops are not vectorised is about twice as fast as EJML's product, one that is, five times. */
    private static final double FLOOR = 2.5;

    private static final Pattern LINE =
            Pattern.compile("hidden +(\\d+): +([\\d.]+) us a step, EJML's mult +([\\d.]+) us,"
                    + " ratio +([\\d.]+); (\\d+) bytes allocated by 1,000 steps");

    @Test
    void timesTheCellAndSeesItAllocateNothing() {
        var speed = CellBench.measure(64);
        assertEquals(0, speed.allocated());
        assertTrue(speed.ratio() >= FLOOR, speed.text());
        var printed = LINE.matcher(speed.text());
        assertTrue(printed.matches(), speed.text());
        assertEquals("64", printed.group(1));
        var ours = Double.parseDouble(printed.group(2));
        var theirs = Double.parseDouble(printed.group(3));
        assertEquals(theirs / ours, Double.parseDouble(printed.group(4)), 0.02 * theirs / ours, speed.text());
        assertEquals("0", printed.group(5));
    }

    @Test
    void holdsTheCellAgainstItsBar() {
        assertEquals("bar: at least 3.0 x, 0 bytes, met", bar(1_000, 3_000, 0).text());
        assertEquals(
                "bar: at least 3.0 x, 0 bytes, MISSED", bar(1_000, 2_999, 0).text());
        assertFalse(bar(1_000, 6_000, 16).met(), "a byte is one too many");
    }

    private static BenchBar bar(double nanos, double ejmlNanos, long allocated) {
        return BenchBar.of(new CellBench.Speed(64, nanos, ejmlNanos, allocated));
    }

    @Test
    void holdsTheMedianOfTheTurnsAgainstTheTopologysBar() {
        var good = BenchShare.of(List.of(new Pair(90, 100), new Pair(10, 100), new Pair(60, 100)));
        assertEquals(
                "with the mathematics the topology keeps 60 % of its throughput (median; from 10 to 90 %)",
                good.text());
        assertEquals("bar: at least 60 %, met", BenchBar.of(good).text());
        var bad = BenchShare.of(List.of(new Pair(58, 100), new Pair(61, 100)));
        assertEquals("bar: at least 60 %, MISSED", BenchBar.of(bad).text());
    }

    @Test
    void timesBacktestsOfFewAndManyEntities(@TempDir Path folder) {
        var speeds = new BacktestBench(folder, BenchModel.trained(4), 5_000).run(1);
        assertEquals(
                BacktestBench.Load.ALL,
                speeds.stream().map(BacktestBench.Speed::load).toList());
        assertTrue(speeds.stream().allMatch(speed -> speed.median() > 0 && speed.median() == speed.best()));
    }

    @Test
    void holdsTheMedianOfBacktestsAgainstTheirBars() {
        var good = BacktestBench.Speed.of(new BacktestBench.Load(1_000, 1), new double[] {60_000, 10, 70_000});
        assertEquals(
                " 1,000 entities, a forecast at every tick: 60,000 ticks/s a core (median; best 70,000)", good.text());
        assertEquals("bar: at least 60,000, met", BenchBar.of(good).text());
        var bad = BacktestBench.Speed.of(new BacktestBench.Load(50, 24), new double[] {140_000, 150_000});
        assertEquals(
                "    50 entities, a forecast at every 24th tick: 145,000 ticks/s a core (median; best 150,000)",
                bad.text());
        assertEquals("bar: at least 150,000, MISSED", BenchBar.of(bad).text());
    }

    @Test
    void refusesWhatItCannotMeasure() {
        var part = Run.of("bench", "--only", "disk");
        assertEquals(2, part.exit());
        assertTrue(part.err().contains("expected cell, topology or backtest"), part.err());
        var entities = Run.of("bench", "--entities", "0");
        assertEquals(2, entities.exit());
        assertTrue(entities.err().contains("--entities=0: expected a number from 1 on"), entities.err());
    }

    @Test
    void requiresTheBarsOnlyOfTheLoadTheyAreFor() {
        var other = Run.of("bench", "--require", "--entities", "500");
        assertEquals(2, other.exit());
        assertTrue(
                other.err().contains("--require: the topology's bar is for 10,000 entities and hidden 64"),
                other.err());
    }
}
