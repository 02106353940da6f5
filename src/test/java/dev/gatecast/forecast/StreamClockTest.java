package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StreamClockTest {
    private final StreamClock time = new StreamClock(100, 100);

    @Test
    void isTheNewestOfTheTicks() {
        assertTrue(time.admits(1000));
        assertTrue(time.admits(1050));
        assertTrue(time.admits(900));
        assertEquals(1050, time.time());
    }

    @Test
    void isNotMovedByABadClock() {
        time.admits(1000);
        assertFalse(time.admits(1101));
        assertTrue(time.admits(1100));
        assertEquals(1100, time.time());
    }

    @Test
    void movesOnAfterAGapOfTheWholeStream() {
        time.admits(1000);
        for (int i = 0; i < 100; i++) {
            assertFalse(time.admits(9000 + i));
        }
        assertTrue(time.admits(9100));
        assertEquals(9100, time.time());
    }

    @Test
    void admitsAllWithoutALimit() {
        var any = new StreamClock(Long.MAX_VALUE, 100);
        any.admits(0);
        assertTrue(any.admits(Long.MAX_VALUE));
    }
}
