package dev.gatecast.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gatecast.event.Targets;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesTicksTest {
    @TempDir
    private Path folder = Path.of("");

    private CsvTicks ticks(String... targets) throws IOException {
        var file = folder.resolve("t.csv");
        Files.writeString(file, "name,time,a,b,c\nx,2001-01-01T00:00:00,1,2,3\nx,2001-01-01T01:00:00,4,5,\n");
        var columns = new Columns("name", "time", List.of("a", "b", "c"), List.of(targets));
        return CsvTicks.open(CsvOptions.of(List.of(file), Layout.LONG, columns));
    }

    @Test
    void eachTargetIsASeriesOfItsOwn() throws IOException {
        try (var series = SeriesTicks.of(ticks("b", "a"))) {
            assertEquals(new Fields(List.of("b|a", "c"), List.of("b|a")), series.fields());
            var seen = new ArrayList<String>();
            for (var tick = series.next(); tick != null; tick = series.next()) {
                seen.add(tick.tick().entity() + " " + tick.row() + " "
                        + tick.tick().values()[0] + " " + tick.tick().values()[1]);
            }
            assertEquals(List.of("x/b 0 2.0 3.0", "x/a 0 1.0 3.0", "x/b 1 5.0 NaN", "x/a 1 4.0 NaN"), seen);
        }
    }

    @Test
    void oneTargetIsTheEntityItself() throws IOException {
        var whole = ticks("a");
        assertSame(whole, SeriesTicks.of(whole));
        whole.close();
    }

    @Test
    void aHistoryHoldsTheSeries() throws IOException {
        try (var source = ticks("b", "a")) {
            var history = History.read(source, History.Limits.DEFAULT);
            assertEquals(
                    List.of("x/a", "x/b"),
                    history.series().stream().map(Series::entity).toList());
            assertArrayEquals(new double[] {2, 5}, history.series().get(1).values(0));
            assertEquals(List.of("c"), history.fields().others());
        }
    }

    @Test
    void aSeriesKnowsItsEntity() {
        var targets = new Targets(List.of("load", "x/y"));
        assertEquals("a/b", targets.entity(targets.series("a/b", 0)));
        assertEquals("a/b", targets.entity(targets.series("a/b", 1)));
        assertEquals("a/b", new Targets(List.of("b")).entity("a/b"));
    }
}
