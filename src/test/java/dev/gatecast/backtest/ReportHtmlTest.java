package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatecast.backtest.BacktestSettings.Data;
import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.backtest.BacktestSettings.Steps;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.source.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportHtmlTest {
    private static final String EVIL = "</script><b>\"x";
    private static final long HOUR = 3_600_000L;

    @TempDir
    private Path folder;

    private String page(Models models) throws IOException {
        var lines = new ArrayList<>(List.of("time,name,v"));
        for (var row = 0; row < 300; row++) {
            var time = Instant.ofEpochMilli(row * HOUR);
            var wave = 20 + 10 * Math.sin(row * Math.PI / 12) + (row == 250 ? 500 : 0);
            lines.add(time + ",\"" + EVIL.replace("\"", "\"\"") + "\"," + wave);
        }
        var csv = Files.write(folder.resolve("t.csv"), lines);
        var options = CsvOptions.of(List.of(csv), Layout.LONG, new Columns("name", "time", List.of(), List.of()));
        var settings = new BacktestSettings(
                new Steps(0, List.of(24), HOUR),
                Data.of(Cut.parse("100")),
                ForecasterSettings.DEFAULT,
                Output.to(folder.resolve("out"), false, false),
                1);
        new Backtest(settings, () -> CsvTicks.open(options), (s, p, t) -> {}).run(models);
        return Files.readString(folder.resolve("out/report.html"));
    }

    private static JsonNode data(String page) throws IOException {
        var begin = page.indexOf("type=\"application/json\">") + "type=\"application/json\">".length();
        return new ObjectMapper().readTree(page.substring(begin, page.indexOf("</script>", begin)));
    }

    @Test
    void thePageHoldsAllItNeedsAndNoNameBreaksIt() throws IOException {
        var page = page(new Models.Pinned(dev.gatecast.support.Models.random(1)));
        assertFalse(page.contains("{{data}}") || page.contains("{{script}}"), "a placeholder is left");
        assertFalse(page.contains("<script src") || page.contains("<link"), "something would be fetched");
        assertTrue(page.contains("echarts"));
        var data = data(page);
        assertEquals("gru", data.get("contenders").get(0).get("name").asText());
        assertEquals(6, data.get("contenders").get(0).get("byHorizon").size());
        assertEquals(6, data.get("contenders").get(1).get("deviations").size());
        var entity = data.get("entities").get(0);
        assertEquals(EVIL, entity.get("name").asText());
        assertEquals(300, entity.get("values").size());
        assertTrue(entity.get("fan").size() >= 190, "forecasts are drawn from the cut on");
        assertEquals(1, entity.get("alerts").size());
        assertEquals(data.get("levels").size(), data.get("below").size());
        assertFalse(data.get("times").isEmpty());
    }

    @Test
    void withoutAModelTheContendersAreDrawn() throws IOException {
        var data = data(page(new Models.None()));
        assertEquals("last-value", data.get("contenders").get(0).get("name").asText());
        assertEquals(0, data.get("levels").size());
        assertEquals(0, data.get("entities").get(0).get("fan").size());
    }
}
