package dev.gatecast.backtest;

import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The lines that one lane writes for each output file. */
final class Pages implements ForecastSink {
    private final Map<OutputFile, Page> pages = new EnumMap<>(OutputFile.class);
    private final List<ForecastSink> ofForecasts = new ArrayList<>();
    private final boolean lastOnly;
    private final TimeText times;
    private float[] levels = ForecastRows.LEVELS_WITHOUT_A_MODEL;

    /** Pages for the files that are wanted. */
    Pages(BacktestSettings.Output output, int horizons) {
        lastOnly = output.lastOnly();
        times = new TimeText(output.rowTimes());
        output.files().forEach(file -> pages.put(file, new Page()));
        pages.forEach((file, page) -> {
            switch (file) {
                case FORECASTS -> ofForecasts.add(new ForecastRows(page.lines, times, horizons));
                case FORECASTS_PARQUET -> ofForecasts.add(new ParquetRows(page.lines, output.rowTimes(), horizons));
                case MEDIANS, INTERVALS ->
                    ofForecasts.add(new FlatRows(page.lines, horizons, file == OutputFile.INTERVALS, !lastOnly));
                case SCORES, SCORES_BY_ENTITY -> {}
            }
        });
    }

    @Override
    public void forecast(Pending made, Window window, boolean last) {
        if (made.forecast != null && (last || !lastOnly)) {
            levels = made.forecast.levels();
            ofForecasts.forEach(sink -> sink.forecast(made, window, last));
        }
    }

    void tick(Tick tick, Outcome outcome) {
        var rows = pages.get(OutputFile.SCORES);
        if (rows != null) {
            ScoreRows.write(tick, outcome, times, rows.lines);
        }
        var own = pages.get(OutputFile.SCORES_BY_ENTITY);
        if (own != null) {
            ScoreRows.writeShort(tick, outcome, times, own.lines);
        }
    }

    void endItem() {
        pages.values().forEach(Page::endItem);
    }

    void clear() {
        pages.values().forEach(Page::clear);
    }

    /** The levels of the forecasts that were written. */
    float[] levels() {
        return levels;
    }

    /** The pages by their files, in the files' order. */
    Map<OutputFile, Page> all() {
        return pages;
    }
}
