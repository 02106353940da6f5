package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report says of forecasts that are not judged because they are warming. */
class WarmingReportTest extends WaveBacktest {
    private static final int YOUNG = 20;

    /** The first entity ticks at every row from {@code first} on, the second at the last rows alone. */
    private Path ticks(int first) throws IOException {
        var values = waves(1);
        var lines = new ArrayList<>(List.of("time,a,b"));
        for (var row = first; row < ROWS; row++) {
            var late = row < ROWS - YOUNG ? "" : String.valueOf(values[1][row]);
            lines.add(time(row) + "," + values[0][row] + "," + late);
        }
        return Files.write(folder.resolve("young.csv"), lines);
    }

    @Test
    void forecastsThatWereNotJudgedAreCounted() throws IOException {
        var report = run(hourly(settings(time(100), "out", false)), ticks(0), new Models.Pinned(MODEL));
        var said = "19 forecasts of 1 entities were not judged: warming, made before the entity had the steps that a"
                + " model needs; 1 entities have no other";
        assertTrue(report.text().contains(said), report.text());
        assertEquals(1, rows("out", "entities.csv").size());
        var warming = new ObjectMapper()
                .readTree(folder.resolve("out/report.json").toFile())
                .path("warming");
        assertEquals(YOUNG - 1, warming.path("forecasts").asLong());
        assertEquals(1, warming.path("entities").asLong());
        assertEquals(1, warming.path("entities_without_other").asLong());
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains(said));
    }

    /** Whether forecasts wait for a file changes no count. */
    @Test
    void theCountDoesNotDependOnWhatIsWritten() throws IOException {
        var all = run(hourly(settings(time(100), "all", false)), ticks(0), new Models.Pinned(MODEL));
        var last = run(hourly(settings(time(100), "last", true)), ticks(0), new Models.Pinned(MODEL));
        assertTrue(all.text().contains("warming"), all.text());
        assertEquals(all.text(), last.text());
    }

    @Test
    void whereAllWereWarmingTheReportSaysThatAndNotTheCadence() throws IOException {
        var text = run(hourly(settings(null, "out", false)), ticks(ROWS - YOUNG), new Models.Pinned(MODEL))
                .text();
        var said = "nothing was judged: every forecast that a step followed was warming, and only after "
                + Math.max(
                        MODEL.recipe().warmUp(), MODEL.recipe().spec().windows().profile())
                + " steps of an entity do they count: give more of the past, of a topic by an earlier --from, and with"
                + " --train-until the time from which forecasts are to be judged";
        assertTrue(text.contains(said), text);
        assertFalse(text.contains("see cadence"), text);
    }

    @Test
    void whereNoneWasWarmingNothingIsSaid() throws IOException {
        var report = run(settings("100", "out", false), wide("w.csv", waves(1)), new Models.Pinned(MODEL));
        assertFalse(report.text().contains("warming"), report.text());
        assertFalse(Files.readString(folder.resolve("out/report.json")).contains("warming"));
    }
}
