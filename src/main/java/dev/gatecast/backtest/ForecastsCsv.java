package dev.gatecast.backtest;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.gatecast.event.Forecast;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes {@code forecasts.csv}: one row a horizon, with the actual value where it came. */
final class ForecastsCsv implements ForecastSink, AutoCloseable {
    private static final List<String> LEVELS_WITHOUT_A_MODEL =
            List.of("q0.025", "q0.1", "q0.25", "q0.5", "q0.75", "q0.9", "q0.975");

    private final CsvWriter csv;
    private final TimeText times;
    private final int horizons;
    private final boolean lastOnly;
    private float @Nullable [] levels;

    ForecastsCsv(Path file, TimeText times, int horizons, boolean lastOnly) throws IOException {
        this.horizons = horizons;
        this.times = times;
        this.lastOnly = lastOnly;
        csv = CsvWriter.builder().build(file);
    }

    @Override
    public void forecast(Pending made, Window window, boolean last) {
        var forecast = made.forecast;
        if (forecast == null || (lastOnly && !last)) {
            return;
        }
        header(forecast.levels());
        for (var h = 1; h <= horizons; h++) {
            row(made.slot + h, window, forecast, h);
        }
    }

    private void row(long slot, Window window, Forecast forecast, int horizon) {
        var row = new ArrayList<String>();
        row.add(forecast.entity());
        row.add(times.of(forecast.madeAt()));
        row.add(Integer.toString(horizon));
        row.add(target(slot, window, forecast, horizon));
        for (var level = 0; level < forecast.levels().length; level++) {
            row.add(Float.toString(forecast.quantile(horizon, level)));
        }
        var actual = window.get(slot);
        row.add(Double.isNaN(actual) ? "" : Double.toString(actual));
        row.add(forecast.stamp().model());
        csv.writeRecord(row);
    }

    private String target(long slot, Window window, Forecast forecast, int horizon) {
        if (forecast.cadence() > 0) {
            return times.of(forecast.targetTime(horizon));
        }
        if (times.numbers()) {
            return times.of(forecast.madeAt() + horizon);
        }
        var came = window.time(slot);
        return came == Window.NO_TIME ? "" : times.of(came);
    }

    private void header(float[] ofForecast) {
        if (levels == null) {
            levels = ofForecast;
            var names = new ArrayList<String>();
            for (var level : ofForecast) {
                names.add("q" + level);
            }
            writeHeader(names);
        } else if (!Arrays.equals(levels, ofForecast)) {
            throw new IllegalStateException("the models of this replay have different quantile levels");
        }
    }

    private void writeHeader(List<String> quantiles) {
        var names = new ArrayList<>(List.of("entity", "made_at", "horizon", "target_time"));
        names.addAll(quantiles);
        names.addAll(List.of("actual", "model"));
        csv.writeRecord(names);
    }

    @Override
    public void close() {
        if (levels == null) {
            writeHeader(LEVELS_WITHOUT_A_MODEL);
        }
        try {
            csv.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
