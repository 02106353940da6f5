package dev.gatecast.backtest;

import java.util.List;
import java.util.stream.Stream;

/** A file of rows that a backtest can write. */
public enum OutputFile {
    /** One row a horizon of a forecast. */
    FORECASTS("forecasts.csv"),
    /** The same rows as columns, packed. */
    FORECASTS_PARQUET("forecasts.parquet"),
    /** One row a tick. */
    SCORES("scores.csv"),
    /** One row a forecast: its medians. */
    MEDIANS("medians.csv"),
    /** One row a forecast: the lower, then the upper ends of its widest band. */
    INTERVALS("intervals.csv"),
    /** A folder with a file for each entity: time and score, one row a tick. */
    SCORES_BY_ENTITY("scores");

    private final String path;

    OutputFile(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /** The first line; empty where the file has none. */
    String header(float[] levels) {
        return switch (this) {
            case FORECASTS ->
                String.join(
                                ",",
                                Stream.of(
                                                List.of("entity", "made_at", "horizon", "target_time"),
                                                ForecastRows.names(levels),
                                                List.of("actual", "model", "mean"))
                                        .flatMap(List::stream)
                                        .toList())
                        + "\n";
            case SCORES -> "entity,time,value,score,state,why\n";
            case SCORES_BY_ENTITY -> "timestamp,anomaly_score\n";
            case MEDIANS, INTERVALS, FORECASTS_PARQUET -> "";
        };
    }
}
