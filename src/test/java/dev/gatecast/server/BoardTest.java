package dev.gatecast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTest {
    private final Board board = new Board(2);

    @Test
    void aForecastIsComparedWithTheValueThatComesForItsTime() {
        for (int hour = 0; hour < 48; hour++) {
            board.onTick(Samples.tick("A", hour, 100 + (hour % 2) * 12));
            board.onForecast(Samples.forecast("A", hour, 104));
        }
        var errors = board.errors();
        assertEquals(
                List.of("1", "2-6", "7-12", "13-24"),
                errors.stream().map(HorizonError::horizons).toList());
        assertEquals(47, errors.get(0).count());
        assertTrue(errors.get(3).count() >= 24 && errors.get(3).count() <= 35, () -> "" + errors.get(3));
        assertEquals(6, errors.get(3).mae(), 0.5);
        assertEquals(1, errors.get(3).coverage(), 1e-9);
        assertEquals(12, errors.get(0).naive().last(), 1e-6);
        assertEquals(0, errors.get(3).naive().day(), 1e-6);
        assertEquals(Double.NaN, errors.get(0).naive().week());
    }

    @Test
    void theGroupsAreThoseOfTheModelsHorizons() {
        for (int horizons : new int[] {3, 168}) {
            var levels = new float[] {0.05f, 0.5f, 0.95f};
            var values = new float[3 * horizons];
            for (int hour = 0; hour < 400; hour++) {
                board.onTick(Samples.tick("A", 1000L * horizons + hour, 0));
                board.onForecast(new Forecast(
                        "A",
                        (1000L * horizons + hour) * Samples.HOUR,
                        Samples.HOUR,
                        levels,
                        values,
                        new Forecast.Stamp(Samples.MODEL, false)));
            }
            var groups = board.errors().stream().map(HorizonError::horizons).toList();
            assertEquals(horizons == 3 ? List.of("1", "2", "3") : List.of("1", "2-42", "43-84", "85-168"), groups);
            assertTrue(board.errors().stream().allMatch(error -> error.count() > 30 && error.coverage() == 1));
        }
    }

    @Test
    void aForecastWhoseTimeIsSkippedIsNotCompared() {
        board.onTick(Samples.tick("A", 0, 100));
        board.onForecast(Samples.forecast("A", 0, 100));
        board.onTick(Samples.tick("A", 3, 100));
        assertEquals(0, board.errors().get(0).count());
    }

    @Test
    void aTickSeenTwiceIsKeptOnce() {
        board.onTick(Samples.tick("A", 0, 100));
        board.onTick(Samples.tick("A", 0, 100));
        assertEquals(1, assertNotNullTrack("A").snapshot(10).points().size());
    }

    @Test
    void ofMoreEntitiesThanItHoldsItKeepsThoseWithAlerts() {
        board.onTick(Samples.tick("A", 0, 1));
        board.onTick(Samples.tick("B", 0, 1));
        board.onTick(Samples.tick("C", 0, 1));
        assertNull(board.track("C"));
        board.onAlert(Samples.alert("A", 0, Alert.Phase.OPEN));
        board.onAlert(Samples.alert("C", 1, Alert.Phase.OPEN));
        assertNotNull(board.track("A"));
        assertNull(board.track("B"));
        assertNotNull(board.track("C"));
        assertEquals(3, board.ticks());
    }

    @Test
    void thePastWrapsRound() {
        for (int hour = 0; hour < 1000; hour++) {
            board.onTick(Samples.tick("A", hour, hour));
        }
        var points = assertNotNullTrack("A").snapshot(Track.CAPACITY).points();
        assertEquals(Track.CAPACITY, points.size());
        assertEquals(999, points.values()[Track.CAPACITY - 1]);
        assertEquals(1000 - Track.CAPACITY, points.values()[0]);
        assertEquals(999 * Samples.HOUR, board.streamTime());
    }

    private Track assertNotNullTrack(String entity) {
        var track = board.track(entity);
        assertNotNull(track);
        return track;
    }
}
