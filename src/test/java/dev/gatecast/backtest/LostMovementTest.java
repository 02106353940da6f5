package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What a report says of entities that move by less than floats are apart. */
class LostMovementTest extends WaveBacktest {
    @Test
    void aCounterThatAModelCannotFollowIsNamed() throws IOException {
        var values = waves(1);
        for (var row = 0; row < ROWS; row++) {
            values[1][row] = 5e8 + 2 * row;
        }
        var csv = wide("counter.csv", values);
        var report = run(settings("100", "out", false), csv, new Models.Pinned(MODEL));
        var said = "forecasts of 1 of 3 entities are rounded by more than they move: the movement of b is lost";
        assertTrue(report.text().contains(said), report.text());
        var json = new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
        assertEquals(1, json.at("/lost_movement/entities").asLong());
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains(said));
        var without = run(settings("100", "none", false), csv, new Models.None());
        assertFalse(without.text().contains("is lost"), without.text());
    }
}
