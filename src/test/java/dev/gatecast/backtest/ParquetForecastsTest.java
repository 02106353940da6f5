package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvOptions.Columns;
import dev.gatecast.source.CsvOptions.Layout;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.support.ParquetRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParquetForecastsTest extends WaveBacktest {
    private static final Set<OutputFile> BOTH = EnumSet.of(OutputFile.FORECASTS, OutputFile.FORECASTS_PARQUET);

    private Path both(boolean rowTimes, Models models) throws IOException {
        var base = settings("100", "out", false);
        var output = new Output(folder.resolve("out"), BOTH, false, rowTimes, null);
        var csv = wide("w.csv", waves(1));
        var columns = new Columns(null, rowTimes ? null : "time", rowTimes ? List.of("a", "b") : List.of(), List.of());
        var options = CsvOptions.of(List.of(csv), Layout.WIDE, columns);
        new Backtest(
                        new BacktestSettings(base.steps(), base.data(), base.forecaster(), output, THREADS),
                        () -> CsvTicks.open(options),
                        (stage, share, ticks) -> {})
                .run(models);
        return folder.resolve("out/forecasts.parquet");
    }

    private void same(Path parquet, boolean rowTimes) throws IOException {
        var lines = Files.readAllLines(folder.resolve("out/forecasts.csv"));
        var names = lines.get(0).split(",", -1);
        var rows = ParquetRows.of(parquet);
        assertEquals(lines.size() - 1, rows.size());
        for (var i = 0; i < rows.size(); i++) {
            var cells = lines.get(i + 1).split(",", -1);
            var row = rows.get(i);
            assertEquals(List.of(names), List.copyOf(row.keySet()));
            for (var c = 0; c < cells.length; c++) {
                assertEquals(cells[c], text(row, names[c], rowTimes), lines.get(i + 1));
            }
        }
    }

    /** A cell as the CSV file has it. */
    private static String text(Map<String, @Nullable Object> row, String name, boolean rowTimes) {
        var value = row.get(name);
        if (value instanceof Long time && !rowTimes) {
            return Instant.ofEpochMilli(time).toString();
        }
        if (value instanceof Float || value instanceof Double) {
            var lines = new Lines();
            return (value instanceof Float number ? lines.number(number) : lines.number((double) value)).toString();
        }
        return value == null ? "" : value.toString();
    }

    @Test
    void theColumnsAreThoseOfTheCsvFileRowForRow() throws IOException {
        var parquet = both(false, new Models.Pinned(MODEL));
        same(parquet, false);
        assertTrue(ParquetRows.schema(parquet).contains("made_at (TIMESTAMP(MILLIS,true))"));
        var last = ParquetRows.of(parquet).get(3 * 141 * 6 - 1);
        assertNull(last.get("actual"));
        assertEquals(MODEL.id(), last.get("model"));
    }

    @Test
    void rowNumbersStayNumbers() throws IOException {
        same(both(true, new Models.Pinned(MODEL)), true);
    }

    @Test
    void withoutAModelThereAreColumnsAndNoRows() throws IOException {
        var parquet = both(false, new Models.None());
        assertEquals(List.of(), ParquetRows.of(parquet));
        var header = Files.readString(folder.resolve("out/forecasts.csv")).strip();
        assertTrue(header.contains(",q0.05,") && header.contains(",q0.95,"), header);
        for (var name : header.split(",")) {
            assertTrue(ParquetRows.schema(parquet).contains(" " + name), name);
        }
    }
}
