package dev.gatecast.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.event.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CadenceTest {
    private static final Fields VALUE = new Fields(List.of("value"), List.of("value"));

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static long cadence(long... times) {
        return found(times).step();
    }

    private static Cadence found(long... times) {
        return Cadence.of(new ListTicks(VALUE, ticks(times)), tick -> true);
    }

    private static List<SourcedTick> ticks(long... times) {
        var ticks = new ArrayList<SourcedTick>();
        for (var time : times) {
            ticks.add(new SourcedTick(new Tick("a", time, new double[] {1}), 0, new Origin.Line("list", 1)));
            ticks.add(new SourcedTick(new Tick("b", time + 3, new double[] {1}), 0, new Origin.Line("list", 1)));
        }
        return ticks;
    }

    /** Only whether places are missing at random is looked for. */
    @Test
    void aKnownStepIsKept() {
        var hours = gappy(HOUR, 3_000, 0.3);
        var found = Cadence.of(HOUR, new ListTicks(VALUE, ticks(hours)), tick -> true);
        assertEquals(HOUR, found.step());
        assertEquals(0.3, found.missing(), 0.03);
        var other = Cadence.of(HOUR / 2, new ListTicks(VALUE, ticks(hours)), tick -> true);
        assertEquals(new Cadence(HOUR / 2, 0), other);
        assertEquals(new Cadence(HOUR, 0), Cadence.of(HOUR, new ListTicks(VALUE, List.of()), tick -> true));
    }

    @Test
    void isTheStepThatNearlyAllTicksKeepTo() {
        assertEquals(10, cadence(0, 10, 20, 30));
        assertEquals(0, cadence(0, 10, 20, 35));
        assertEquals(0, cadence());
        assertEquals(0, cadence(5));
        var oneGap = new long[50];
        for (var i = 0; i < oneGap.length; i++) {
            oneGap[i] = 10L * i + (i > 20 ? 40 : 0);
        }
        assertEquals(10, cadence(oneGap));
    }

    /** An outage decides like a short gap, and what is said of it is what is missing. */
    @Test
    void theShareThatIsMissingIsThatOfAllPlaces() {
        var times = LongStream.range(0, 1_000)
                .filter(place -> place < 300 || place >= 700)
                .map(place -> 3 * DAY + place * HOUR)
                .toArray();
        var found = found(times);
        assertEquals(HOUR, found.step());
        assertEquals(0.4, found.missing(), 0.001);
    }

    /** A grid of {@code places}, of which some are missing at random. */
    private static long[] gappy(long step, int places, double missing) {
        var random = new Random(11);
        return LongStream.range(0, places)
                .filter(place -> random.nextDouble() >= missing)
                .map(place -> 3 * DAY + place * step)
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {5 * MINUTE, HOUR, DAY})
    void isFoundWhereTicksAreMissingAtRandom(long step) {
        for (var share : new double[] {0.03, 0.1, 0.3, 0.4}) {
            var found = found(gappy(step, 3_000, share));
            assertEquals(step, found.step());
            assertEquals(share, found.missing(), 0.03);
        }
        assertEquals(new Cadence(step, 0), found(gappy(step, 3_000, 0)));
    }

    @Test
    void isNoneWhereFewPlacesHaveATick() {
        assertEquals(new Cadence(0, 0), found(gappy(HOUR, 3_000, 0.7)));
    }

    /** Hours of a market: five days of the week, eight hours of the day. Where the night is left out a step has no one length. */
    @Test
    void nightsAndWeekendsAreNoGapsToFill() {
        var days = gappy(DAY, 400, 0);
        var weekdays = LongStream.of(days).filter(time -> time / DAY % 7 < 5).toArray();
        assertEquals(new Cadence(0, 0), found(weekdays));
        var hours = gappy(HOUR, 4_000, 0);
        var open = LongStream.of(hours)
                .filter(time -> time / HOUR % 24 >= 8 && time / HOUR % 24 < 16)
                .toArray();
        assertEquals(new Cadence(0, 0), found(open));
        var long15 = LongStream.of(gappy(15 * MINUTE, 8_000, 0))
                .filter(time -> time / HOUR % 24 >= 8 && time / HOUR % 24 < 16)
                .toArray();
        assertEquals(new Cadence(0, 0), found(long15));
        var untilSunday =
                LongStream.of(hours).filter(time -> time / DAY % 7 < 6).toArray();
        assertEquals(new Cadence(0, 0), found(untilSunday));
    }

    @Test
    void irregularTicksHaveNone() {
        var random = new Random(5);
        var times = new long[5_000];
        for (var i = 1; i < times.length; i++) {
            times[i] = times[i - 1] + 1_000 + (long) (60_000 * -Math.log(random.nextDouble())) / 1_000 * 1_000;
        }
        assertEquals(new Cadence(0, 0), found(times));
    }

    /** One that never closes does not make others' nights gaps at random, and one that closes does not take the grid from others. */
    @Test
    void whatMostDoDecidesWhetherNightsAreGaps() {
        var mostlyShops = of(List.of("always", "shop 1", "shop 2"));
        assertEquals(new Cadence(0, 0), mostlyShops);
        var oneShop = of(List.of("always", "always 2", "always 3", "shop"));
        assertEquals(HOUR, oneShop.step());
        assertEquals(1.0 / 12, oneShop.missing(), 0.001, "a third of one in four");
    }

    @Test
    void weekendsOfMostAreNoGapsOfDaysEither() {
        var ticks = new ArrayList<SourcedTick>();
        for (int day = 0; day < 100; day++) {
            for (var entity : List.of("always", "weekdays 1", "weekdays 2")) {
                if (entity.equals("always") || day % 7 < 5) {
                    var tick = new Tick(entity, day * DAY, new double[] {1});
                    ticks.add(new SourcedTick(tick, day, new Origin.Line("list", 1)));
                }
            }
        }
        assertEquals(new Cadence(0, 0), Cadence.of(new ListTicks(VALUE, ticks), tick -> true));
    }

    private static Cadence of(List<String> entities) {
        var ticks = new ArrayList<SourcedTick>();
        for (int hour = 0; hour < 1_500; hour++) {
            for (var entity : entities) {
                if (entity.startsWith("always") || hour % 24 >= 6 && hour % 24 < 22) {
                    var tick = new Tick(entity, hour * HOUR, new double[] {1});
                    ticks.add(new SourcedTick(tick, hour, new Origin.Line("list", 1)));
                }
            }
        }
        return Cadence.of(new ListTicks(VALUE, ticks), tick -> true);
    }
}
