package dev.gatecast.app;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        description = {
            "Trains a model on the ticks of the topic, or of CSV files, and publishes it where it beats the champion and"
                    + " the seasonal naive on later data.",
            "The settings under train. say how large it is and how long it trains."
        })
final class TrainCommand {
    @Mixin
    private HelpOption help;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private CsvArguments csv;

    @ArgGroup
    private Rhythm rhythm = new Rhythm();

    @Option(
            names = "--train-until",
            paramLabel = "TIME|ROW|FRACTION",
            description = "Trains only on what comes before: a time, a number of rows of each entity (-48: all but the"
                    + " last 48), or a share of them with a decimal point.")
    private @Nullable String until;

    @Option(names = "--model-out", paramLabel = "FILE", description = "Also writes the model to this file.")
    private @Nullable Path modelOut;

    @Spec
    private CommandSpec spec;

    /** Once or again and again. */
    private static final class Rhythm {
        @Option(names = "--once", description = "Trains once. The default.")
        private boolean once;

        @Option(
                names = "--every",
                arity = "0..1",
                fallbackValue = "PT0S",
                paramLabel = "DURATION",
                description = "Trains again and again with this time between two starts; the setting train.every where"
                        + " the duration is left out.")
        private @Nullable Duration every;
    }
}
