package dev.gatecast.app;

import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.backtest.Cost;
import dev.gatecast.backtest.OutputFile;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a backtest writes. */
final class BacktestOutput {
    /** Which forecasts are written. */
    enum Written {
        ALL,
        LAST
    }

    /** The words for files beside the usual ones. */
    enum More {
        MEDIANS(OutputFile.MEDIANS),
        INTERVALS(OutputFile.INTERVALS),
        SCORES(OutputFile.SCORES_BY_ENTITY);

        private final OutputFile file;

        More(OutputFile file) {
            this.file = file;
        }
    }

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for forecasts.csv, scores.csv, report.json and report.html.")
    private @Nullable Path folder;

    @Option(
            names = "--forecasts",
            defaultValue = "all",
            paramLabel = "all|last",
            description = "Which forecasts are written: all, or the last of each entity. Default: all.")
    private Written forecasts = Written.ALL;

    @Option(
            names = "--parquet",
            description = "Writes forecasts.parquet, with the same columns, in place of forecasts.csv.")
    private boolean parquet;

    @Option(
            names = "--also",
            split = ",",
            paramLabel = "medians|intervals|scores",
            description = "Files in the shapes that scorers read: medians.csv and intervals.csv with one row a forecast"
                    + " (entity, number of the row that is forecast first, one value a step; without the number where only"
                    + " last forecasts are written; lower ends, then upper ends of the widest band), and a folder scores"
                    + " with timestamp,anomaly_score in one file an entity.")
    private List<More> more = List.of();

    @Option(
            names = "--cost",
            paramLabel = "AMOUNT",
            description =
                    "Says what a simple threshold rule on the forecasts would have earned where a trade costs this much"
                            + " from its opening to its close: units of the value (0.05), or a share of it (0.1%%). Default: not"
                            + " said.")
    private @Nullable String cost;

    @Option(
            names = "--to-topic",
            paramLabel = "NAME",
            description = "Sends every forecast of the model to this topic too, as the live topology would write it"
                    + " (output.format); created where it is missing.")
    private @Nullable String topic;

    @Nullable Path folder() {
        return folder;
    }

    /** Where forecasts are sent to; null: nowhere. */
    @Nullable ForecastSender sender(GatecastConfig config) {
        return topic == null ? null : ForecastSender.to(topic, config);
    }

    private @Nullable Cost cost() {
        try {
            return cost == null ? null : Cost.parse(cost);
        } catch (IllegalArgumentException e) {
            throw new UserError("--cost: " + e.getMessage());
        }
    }

    /**
     * What is written.
     *
     * @param rowTimes whether times are row numbers
     */
    Output output(boolean rowTimes) {
        if (folder == null && !more.isEmpty()) {
            throw new UserError("--also writes files: give --out DIR");
        }
        if (folder == null && parquet) {
            throw new UserError("--parquet writes a file: give --out DIR");
        }
        Set<OutputFile> files =
                EnumSet.of(parquet ? OutputFile.FORECASTS_PARQUET : OutputFile.FORECASTS, OutputFile.SCORES);
        more.forEach(one -> files.add(one.file));
        return new Output(folder, files, forecasts == Written.LAST, rowTimes, cost());
    }
}
