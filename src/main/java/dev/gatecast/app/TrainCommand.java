package dev.gatecast.app;

import dev.gatecast.forecast.Model;
import dev.gatecast.kafka.KafkaProblem;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.source.Cut;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TickSource;
import dev.gatecast.source.TopicRange;
import dev.gatecast.trainer.Challenge;
import dev.gatecast.trainer.FoundCadence;
import dev.gatecast.trainer.Reading;
import dev.gatecast.trainer.Trainer;
import dev.gatecast.trainer.UnusableHistory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
final class TrainCommand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainCommand.class);

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

    @Option(
            names = "--tune",
            paramLabel = "MINUTES",
            description =
                    "First searches for so long for hidden size, layers, learning rate and window, and prints what it"
                            + " tried; as the key train.tune.")
    private @Nullable Double tune;

    @Option(
            names = "--champion",
            paramLabel = "FILE",
            description = "With --csv: the model in this file is the champion that the new one has to beat, and that"
                    + " training goes on from.")
    private @Nullable Path champion;

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

    @Override
    public void run() {
        csv.before(cut().orElse(null));
        csv.beside(config.said());
        var before = Optional.ofNullable(champion).map(ModelFile::read);
        before.ifPresent(csv::ofModel);
        var read = config.read(settings(), csv.found());
        // the process ends as soon as the signal is closed: what is still to be said is said within
        try (var stop = new StopSignal("gatecast train")) {
            train(read, before, stop);
        }
    }

    private void train(GatecastConfig read, Optional<Model> before, StopSignal stop) {
        try {
            if (csv.given()) {
                onFiles(read, before, stop);
            } else {
                onTopic(read, stop);
            }
        } catch (CancellationException e) {
            out().println("stopped");
            out().flush();
        } catch (UnusableHistory e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, String> settings() {
        var settings = new TreeMap<>(csv.settings());
        if (tune != null) {
            if (!(tune > 0 && tune <= 100_000)) {
                throw new UserError("--tune: minutes above 0 expected, got " + tune);
            }
            settings.put(
                    "train.tune",
                    Duration.ofSeconds(Math.max(1, Math.round(60 * tune))).toString());
        }
        return settings;
    }

    private void onFiles(GatecastConfig read, Optional<Model> before, StopSignal stop) {
        if (modelOut == null) {
            throw new UserError("--csv: a model trained on files goes to a file; give --model-out FILE");
        }
        ModelFile.requireWritable(modelOut);
        if (rhythm.every != null) {
            throw new UserError("--every is for a topic; files do not grow");
        }
        csv.hints(read).forEach(err()::println);
        Predicate<SourcedTick> past =
                cut().map(cut -> cut.past(() -> open(read))).orElse(tick -> true);
        try (var source = open(read);
                var progress = new TrainProgress(err())) {
            var history = Reading.read(source, past, TrainSettings.limits(read, csv.timed()), progress);
            RefusedRows.say(source.rejections(), err());
            var trainer = new Trainer(
                    TrainSettings.trainer(read, csv.timed()),
                    InstantSource.system(),
                    new StoppableTraining(stop::check, progress));
            report(trainer.challenge(history, before, TrainSettings.origin()), csv.cadenceFound(), progress);
        }
    }

    private TickSource open(GatecastConfig read) {
        return BarSettings.of(read, csv.open());
    }

    private void onTopic(GatecastConfig read, StopSignal stop) {
        if (champion != null) {
            throw new UserError("--champion is for files; on a topic it is the activated model");
        }
        var cluster = Cluster.of(read);
        try (var registry = cluster.registry()) {
            if (rhythm.every == null) {
                once(read, cluster, registry, stop);
            } else {
                var pause = rhythm.every.isZero() ? read.duration("train.every") : rhythm.every;
                again(read, cluster, registry, pause, stop);
            }
        }
    }

    private Challenge once(GatecastConfig read, Cluster cluster, ModelRegistry registry, StopSignal stop) {
        try (var progress = new TrainProgress(err())) {
            var listener = new StoppableTraining(stop::check, progress);
            var outcome =
                    TrainSettings.job(read, cluster, registry, listener, cut()).runOnce();
            report(outcome.challenge(), read.findsCadence(), progress);
            outcome.activation().ifPresent(activation -> out().printf(
                            "model %s is used from %s on%n",
                            activation.modelId(), Instant.ofEpochMilli(activation.effectiveFrom())));
            out().flush();
            return outcome.challenge();
        }
    }

    /**
     * Until it is told to stop. What keeps one training from its end does not keep the next from its start, unless the
     * brokers have never answered; where no tick has come since the last one there is nothing to learn, and it is left out.
     * Tuning is done once: the later trainings have what it chose, and so may go on from the champion.
     */
    private void again(GatecastConfig read, Cluster cluster, ModelRegistry registry, Duration pause, StopSignal stop) {
        var settings = read;
        long learnt = -1;
        long next;
        do {
            next = System.nanoTime() + pause.toNanos();
            try {
                long there = ticksSoFar(cluster);
                if (there == learnt) {
                    LOG.info("No tick has come since the last training; the next look is in {}", pause);
                } else {
                    settings = TrainSettings.after(settings, once(settings, cluster, registry, stop));
                    learnt = there;
                }
            } catch (UnusableHistory | KafkaProblem e) {
                if (!cluster.clients().haveAnswered()) {
                    throw e;
                }
                LOG.warn("This training failed, the next starts in at most {}: {}", pause, e.getMessage());
            }
        } while (!stop.asked(next - System.nanoTime()));
        stop.check();
    }

    /** One past the last offset, of all partitions together. */
    private static long ticksSoFar(Cluster cluster) {
        return TopicRange.now(cluster.clients(), cluster.topics().names().ticks(), TopicRange.Times.ALL)
                .parts()
                .stream()
                .mapToLong(TopicRange.Part::end)
                .sum();
    }

    private void report(Challenge challenge, boolean cadenceFound, TrainProgress progress) {
        var lineage = challenge.challenger().lineage().entries();
        Optional.ofNullable(lineage.get(FoundCadence.MISFIT)).ifPresent(err()::println);
        err().flush();
        lineage.forEach((name, text) -> {
            if (name.startsWith("tuning ")) {
                out().println(name + ": " + text);
            }
        });
        out().println("cadence: " + cadence(challenge.challenger(), cadenceFound));
        out().println("seasons in steps: " + seasons(challenge.challenger()));
        challenge.gate().lines().forEach(out()::println);
        out().println(progress.cost());
        if (modelOut != null) {
            ModelFile.write(challenge.challenger(), modelOut);
            out().println("model " + challenge.challenger().id() + " is in " + modelOut);
        }
        out().flush();
    }

    private static String cadence(Model model, boolean found) {
        long step = model.recipe().cadence();
        return step == 0
                ? "none, each tick is a step"
                : Duration.ofMillis(step) + (found ? ", found in the ticks" : "");
    }

    private static String seasons(Model model) {
        var seasons = model.recipe().spec().seasons();
        return seasons.longer() == 0
                ? "none"
                : seasons.shorter() + (seasons.longer() > seasons.shorter() ? " and " + seasons.longer() : "");
    }

    private Optional<Cut> cut() {
        return Optional.ofNullable(until).map(Cut::parse);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
