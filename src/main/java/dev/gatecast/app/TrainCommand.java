package dev.gatecast.app;

import dev.gatecast.kafka.KafkaProblem;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.source.Cut;
import dev.gatecast.source.History;
import dev.gatecast.source.SourcedTick;
import dev.gatecast.source.TopicRange;
import dev.gatecast.trainer.Challenge;
import dev.gatecast.trainer.Trainer;
import dev.gatecast.trainer.UnusableHistory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
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
        var read = config.read(csv.settings());
        try {
            if (csv.given()) {
                onFiles(read);
            } else {
                onTopic(read);
            }
        } catch (UnusableHistory e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private void onFiles(GatecastConfig read) {
        if (modelOut == null) {
            throw new UserError("--csv: a model trained on files goes to a file; give --model-out FILE");
        }
        if (rhythm.every != null) {
            throw new UserError("--every is for a topic; files do not grow");
        }
        Predicate<SourcedTick> past =
                cut().map(cut -> cut.past(() -> csv.open())).orElse(tick -> true);
        try (var source = csv.open();
                var progress = new TrainProgress(err())) {
            var history = History.read(source, past, TrainSettings.limits(read));
            var trainer = new Trainer(TrainSettings.trainer(read, csv.timed()), InstantSource.system(), progress);
            report(trainer.challenge(history, Optional.empty(), TrainSettings.origin()));
        }
    }

    private void onTopic(GatecastConfig read) {
        var cluster = Cluster.of(read);
        try (var registry = cluster.registry()) {
            if (rhythm.every == null) {
                once(read, cluster, registry);
            } else {
                var pause = rhythm.every.isZero() ? read.duration("train.every") : rhythm.every;
                again(read, cluster, registry, pause);
            }
        }
    }

    private void once(GatecastConfig read, Cluster cluster, ModelRegistry registry) {
        try (var progress = new TrainProgress(err())) {
            var outcome =
                    TrainSettings.job(read, cluster, registry, progress, cut()).runOnce();
            report(outcome.challenge());
            outcome.activation().ifPresent(activation -> out().printf(
                            "model %s is used from %s on%n",
                            activation.modelId(), Instant.ofEpochMilli(activation.effectiveFrom())));
            out().flush();
        }
    }

    /**
     * Until the thread is interrupted. What keeps one training from its end does not keep the next from its start; where
     * no tick has come since the last one there is nothing to learn, and it is left out.
     */
    private void again(GatecastConfig read, Cluster cluster, ModelRegistry registry, Duration pause) {
        long learnt = -1;
        while (!Thread.currentThread().isInterrupted()) {
            long next = System.nanoTime() + pause.toNanos();
            try {
                long there = ticksSoFar(cluster);
                if (there == learnt) {
                    LOG.info("No tick has come since the last training; the next look is in {}", pause);
                } else {
                    once(read, cluster, registry);
                    learnt = there;
                }
            } catch (UnusableHistory | KafkaProblem e) {
                LOG.warn("This training failed, the next starts in at most {}: {}", pause, e.getMessage());
            }
            long left = next - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
        }
    }

    /** One past the last offset, of all partitions together. */
    private static long ticksSoFar(Cluster cluster) {
        return TopicRange.now(cluster.clients(), cluster.topics().names().ticks(), TopicRange.Times.ALL)
                .parts()
                .stream()
                .mapToLong(TopicRange.Part::end)
                .sum();
    }

    private void report(Challenge challenge) {
        challenge.gate().lines().forEach(out()::println);
        if (modelOut != null) {
            ModelFile.write(challenge.challenger(), modelOut);
            out().println("model " + challenge.challenger().id() + " is in " + modelOut);
        }
        out().flush();
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
