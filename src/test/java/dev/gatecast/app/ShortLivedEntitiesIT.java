package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many entities that come, tick ten times and never again. */
class ShortLivedEntitiesIT {
    private static final int ENTITIES = 100_000;
    private static final int TICKS = 10;
    private static final int HEAP = 768; // megabytes; with room for whole rings and windows it was not enough
    private static final long FIRST = 1_577_836_800L; // seconds
    private static final long PATIENCE = 600; // seconds

    @TempDir
    private Path folder;

    @Test
    void aHundredThousandOfThemAreForecastInASmallHeap() throws IOException, InterruptedException {
        var model = folder.resolve("a.model").toString();
        gatecast(
                HEAP,
                List.of("train", "--csv", ticks("few.csv", 5, 300), "--model-out", model),
                List.of("--set", "train.iterations=5", "--set", "train.hidden=8", "--set", "train.units=8"));
        var out = folder.resolve("out");
        var said = gatecast(
                HEAP,
                List.of("backtest", "--csv", ticks("many.csv", ENTITIES, TICKS), "--models", "file:" + model),
                List.of("--out", out.toString(), "--forecasts", "last"));
        assertTrue(said.contains(String.format("%,d ticks of %,d entities", ENTITIES * TICKS, ENTITIES)), said);
        try (var rows = Files.lines(out.resolve("forecasts.csv"))) {
            assertEquals(1 + ENTITIES * 3L, rows.count(), "the last forecast of each");
        }
    }

    private String ticks(String name, int entities, int hours) throws IOException {
        var file = folder.resolve(name);
        try (var lines = Files.newBufferedWriter(file)) {
            lines.write("time,entity,value\n");
            for (var hour = 0; hour < hours; hour++) {
                for (var entity = 0; entity < entities; entity++) {
                    var value = 100 + 30 * Math.sin(hour * Math.PI / 12) + (hour * 7 + entity) % 11;
                    lines.write((FIRST + 3600L * hour) + ",e" + entity + "," + value + "\n");
                }
            }
        }
        return file.toString();
    }

    private static String gatecast(int heap, List<String> command, List<String> more)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(command);
        all.addAll(List.of("--entity", "entity", "--time", "time", "--time-format", "s"));
        all.addAll(List.of("--season", "24", "--horizon", "3"));
        all.addAll(more);
        try (var child = Child.startIn(heap, all.toArray(String[]::new))) {
            var exit = child.waitFor(PATIENCE);
            assertEquals(0, exit, child::output);
            return child.output();
        }
    }
}
