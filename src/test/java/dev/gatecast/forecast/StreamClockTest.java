package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamClockTest {
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;

    private final Doorkeeper door = new Doorkeeper();
    private StreamClock<String> time = new StreamClock<>(100, 100);

    /** Notes what goes in and what stays outside. */
    private static final class Doorkeeper implements StreamClock.Door<String> {
        final List<String> taken = new ArrayList<>();
        final List<String> refused = new ArrayList<>();
        boolean full;

        @Override
        public void take(String tick) {
            taken.add(tick);
        }

        @Override
        public void refuse(String tick, String reason) {
            refused.add(tick);
            assertTrue(reason.contains("future.limit"), reason);
        }

        @Override
        public @Nullable String keep(String tick) {
            return full ? null : tick;
        }
    }

    private void offer(String entity, long tickTime) {
        time.offer(tickTime, entity, entity + tickTime, door);
    }

    @Test
    void isTheNewestOfTheTicks() {
        offer("a", 1000);
        offer("b", 1050);
        offer("a", 900);
        assertEquals(1050, time.time());
        assertEquals(List.of("a1000", "b1050", "a900"), door.taken);
    }

    @Test
    void isNotMovedByABadClock() {
        offer("a", 1000);
        offer("b", 1000);
        offer("b", 1101);
        offer("b", 1102);
        assertEquals(List.of(), door.refused);
        offer("a", 1100);
        assertEquals(List.of("b1101", "b1102"), door.refused);
        assertEquals(List.of("a1000", "b1000", "a1100"), door.taken);
        assertEquals(1100, time.time());
    }

    @Test
    void movesOnWithMoreThanHalfOfTheEntitiesAndLosesNothing() {
        for (var entity : List.of("a", "b", "c", "d")) {
            offer(entity, 1000);
        }
        offer("a", 9000);
        offer("a", 9001);
        offer("b", 9000);
        assertEquals(1000, time.time());
        assertEquals(3, time.held().size());
        offer("c", 9000);
        assertEquals(List.of("a9000", "a9001", "b9000", "c9000"), door.taken.subList(4, 8));
        assertEquals(List.of(), door.refused);
        assertEquals(9001, time.time());
    }

    @Test
    void ofAnEntityAloneMovesOnWithItsSecondTick() {
        offer("a", 1000);
        offer("a", 9000);
        assertEquals(List.of("a1000"), door.taken);
        offer("a", 9001);
        assertEquals(List.of("a1000", "a9000", "a9001"), door.taken);
    }

    @Test
    void movesOnAfterAHundredInARowWhoeverTheyAreOf() {
        offer("a", 1000);
        offer("b", 1000);
        for (int i = 0; i < 99; i++) {
            offer("b", 9000 + i);
        }
        assertEquals(2, door.taken.size());
        offer("b", 9099);
        assertEquals(102, door.taken.size());
        assertEquals(List.of(), door.refused);
    }

    @Test
    void twoWrongClocksThatDisagreeDoNotMoveIt() {
        offer("a", 1000);
        offer("b", 1000);
        offer("c", 1000);
        offer("a", 500_000);
        offer("b", 9000);
        assertEquals(List.of("a500000"), door.refused);
        offer("c", 1001);
        assertEquals(List.of("a500000", "b9000"), door.refused);
        assertEquals(1001, time.time());
    }

    @Test
    void refusesAtOnceWhatCannotBeHeld() {
        door.full = true;
        offer("a", 1000);
        offer("a", 9000);
        assertEquals(List.of("a9000"), door.refused);
        assertEquals(List.of(), time.held());
    }

    @Test
    void admitsAllWithoutALimit() {
        time = new StreamClock<>(Long.MAX_VALUE, 100);
        offer("a", 0);
        offer("a", Long.MAX_VALUE);
        assertEquals(2, door.taken.size());
    }

    @Test
    void goesOnFromWhatItGave() {
        for (var entity : List.of("a", "b", "c")) {
            offer(entity, 1000);
        }
        offer("a", 9000);
        var again = new StreamClock<String>(100, 100);
        again.restore(time.time(), time.seen(), time.held());
        time = again;
        offer("b", 9000);
        assertEquals(List.of("a9000", "b9000"), door.taken.subList(3, 5));
    }

    /** Ticks of a working week with weekends, of weeks, of hours with an outage: whoever there is, nothing is lost. */
    @ParameterizedTest
    @CsvSource({"24, 5, 1", "24, 5, 2", "24, 5, 30", "168, 10, 1", "168, 10, 30", "1, 30, 1", "1, 30, 7", "1, 30, 300"})
    void losesNothingInDataWithGaps(long stepHours, int stepsInARow, int entities) {
        time = new StreamClock<>(Math.max(DAY, 8 * stepHours * HOUR), 100);
        var now = 0L;
        var sent = 0;
        for (int run = 0; run < 10; run++) {
            for (int step = 0; step < stepsInARow; step++) {
                for (int entity = 0; entity < entities; entity++) {
                    offer("e" + entity, now);
                    sent++;
                }
                now += stepHours * HOUR;
            }
            now += (2 + 12L * run) * stepHours * HOUR; // from a weekend to an outage of a hundred steps
        }
        assertEquals(List.of(), door.refused);
        assertEquals(sent, door.taken.size() + time.held().size());
        assertEquals(0, time.held().size());
    }

    /** The same with one entity whose clock is a year ahead in between: the others go on as if it were not there. */
    @Test
    void aBadClockInBetweenTakesNothingFromTheOthers() {
        time = new StreamClock<>(DAY, 100);
        for (long hour = 0; hour < 500; hour++) {
            offer("a", hour * HOUR);
            offer("wrong", (hour + 9000) * HOUR);
            offer("b", hour * HOUR);
            offer("c", hour * HOUR);
            assertEquals(hour * HOUR, time.time());
        }
        assertEquals(500, door.refused.size());
        assertEquals(1500, door.taken.size());
    }
}
