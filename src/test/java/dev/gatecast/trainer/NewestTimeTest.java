package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.HOUR;
import static dev.gatecast.trainer.Histories.START;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NewestTimeTest {
    private static final long DAY = 24 * HOUR;

    @Test
    void isTheTimeOfTheNewestTick() {
        var history = new Histories().with("a", 5, row -> row).with("b", 9, row -> row);
        assertEquals(START + 8 * HOUR, new NewestTime(history.history(), DAY).millis());
    }

    @Test
    void isNotTheTimeOfATickThatABadClockSentFarAhead() {
        var history = new Histories()
                .with("a", 5, row -> row)
                .with("b", 9, row -> row)
                .tick("a", START + 1000 * DAY, 1);
        assertEquals(START + 8 * HOUR, new NewestTime(history.history(), DAY).millis());
    }

    @Test
    void followsWhatCameLater() {
        var newest = new NewestTime(new Histories().with("a", 5, row -> row).history(), DAY);
        newest.follow(new Histories()
                .tick("a", START + 5 * HOUR, 1)
                .tick("b", START + 900 * DAY, 1)
                .source());
        assertEquals(START + 5 * HOUR, newest.millis());
    }

    @Test
    void followsTheOnlyEntityThatIsStillAlive() {
        var history = new Histories()
                .with("gone", 5, row -> row)
                .tick("alive", START + 30 * DAY, 1)
                .tick("alive", START + 30 * DAY + HOUR, 1);
        assertEquals(START + 30 * DAY + HOUR, new NewestTime(history.history(), DAY).millis());
    }
}
