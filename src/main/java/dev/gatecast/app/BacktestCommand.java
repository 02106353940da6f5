package dev.gatecast.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "backtest",
        description = {
            "Replays the ticks of the topic, or of CSV files, through the forecaster and reports its errors, coverage and"
                    + " alerts beside those of simple forecasts.",
            "With CSV files and a model in a file no broker is needed."
        })
final class BacktestCommand {
    /** Which forecasts are written. */
    enum Written {
        ALL,
        LAST
    }

    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private CsvArguments csv;

    @Option(names = "--from", paramLabel = "TIME", description = "Reads the topic from this event time on.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Reads the topic up to this event time.")
    private @Nullable String to;

    @Option(
            names = "--train-until",
            paramLabel = "TIME|ROW|FRACTION",
            description = "What comes before is the past: it is replayed, and the linear contender is fitted to it, but"
                    + " only what comes after is judged. A time, a number of rows of each entity (-48: all but the last"
                    + " 48), or a share of them with a decimal point.")
    private @Nullable String until;

    @Option(
            names = "--models",
            defaultValue = "latest",
            paramLabel = "CHOICE",
            description =
                    "latest: the newest activated model; file:FILE; pinned:ID: a published model; as-recorded: each"
                            + " activation as it was; none. Default: latest.")
    private String models = "latest";

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for forecasts.csv, scores.csv and report.json.")
    private @Nullable Path out;

    @Option(
            names = "--forecasts",
            defaultValue = "all",
            paramLabel = "all|last",
            description = "Which forecasts are written: all, or the last of each entity. Default: all.")
    private Written forecasts = Written.ALL;

    @Spec
    private CommandSpec spec;
}
