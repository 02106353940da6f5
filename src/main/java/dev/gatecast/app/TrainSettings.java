package dev.gatecast.app;

import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.DirectedOutput;
import dev.gatecast.model.DirectionOutput;
import dev.gatecast.model.FreeStudentOutput;
import dev.gatecast.model.GaussianOutput;
import dev.gatecast.model.Initialiser;
import dev.gatecast.model.Output;
import dev.gatecast.model.Penalty;
import dev.gatecast.model.StudentOutput;
import dev.gatecast.model.TensorKind;
import dev.gatecast.source.Cut;
import dev.gatecast.source.History;
import dev.gatecast.source.TopicRange;
import dev.gatecast.trainer.Challenge;
import dev.gatecast.trainer.Progress;
import dev.gatecast.trainer.Timing;
import dev.gatecast.trainer.TopicFeed;
import dev.gatecast.trainer.Trainer;
import dev.gatecast.trainer.TrainerSettings;
import dev.gatecast.trainer.TrainingJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings of the trainer, out of the configuration. */
final class TrainSettings {
    private TrainSettings() {}

    /**
     * How a model is trained.
     *
     * @param calendar whether the ticks' times are times; false where they are row numbers
     */
    static TrainerSettings trainer(GatecastConfig config, boolean calendar) {
        var usual = TrainerSettings.DEFAULT;
        return new TrainerSettings(
                target(config, calendar),
                new TrainerSettings.Sizes(
                        new TrainerSettings.Core(
                                CellKind.of(config.text("train.cell")),
                                config.whole("train.layers"),
                                config.whole("train.hidden"),
                                config.text("train.start").equals("learned"),
                                Attention.of(config.text("train.attention")),
                                config.whole("train.attention.memory")),
                        config.whole("train.units"),
                        0,
                        config.whole("train.networks"),
                        config.whole("warm-up.steps"),
                        output(config)),
                batches(config, (int) config.numberOr("train.batch", TrainerSettings.Batches.WINDOWS_OF_DATA)),
                new TrainerSettings.Descent(
                        (int) config.numberOr("train.iterations", TrainerSettings.Descent.ITERATIONS_OF_DATA),
                        config.numberOr("train.learning.rate", TrainerSettings.Descent.RATE_OF_DATA),
                        usual.descent().linearRate(),
                        course(config),
                        config.real("train.dropout"),
                        weights(config)),
                new TrainerSettings.HoldOut(
                        config.real("train.validation"),
                        config.real("train.gate.margin"),
                        config.real("train.gate.p"),
                        ForecastSettings.forecaster(config)),
                new TrainerSettings.Run(
                        config.wide("train.seed"), config.whole("train.threads"), Optional.empty(), tuning(config)));
    }

    private static Optional<Output> output(GatecastConfig config) {
        return switch (config.text("train.head")) {
            case "gaussian" -> Optional.of(new GaussianOutput());
            case "student-t" -> Optional.of(student(config.text("train.degrees")));
            case "direction" ->
                Optional.of(new DirectedOutput(
                        config.list("quantiles").size(),
                        new DirectionOutput((float) config.real("train.direction.down"), (float)
                                config.real("train.direction.up"))));
            default -> Optional.empty();
        };
    }

    private static Output student(String degrees) {
        return degrees.equals("auto") ? new FreeStudentOutput() : new StudentOutput(Integer.parseInt(degrees));
    }

    private static TrainerSettings.Weights weights(GatecastConfig config) {
        var initialiser = config.text("train.initial").equals("glorot") ? Initialiser.GLOROT : Initialiser.PYTORCH;
        var penalty = new EnumMap<TensorKind, Float>(TensorKind.class);
        for (var kind : TensorKind.values()) {
            penalty.put(kind, (float) config.real("train.l2." + kind.name().toLowerCase(Locale.ROOT)));
        }
        return new TrainerSettings.Weights(
                initialiser, new Penalty(penalty), config.flag("train.linear.start"), config.flag("train.state.decay"));
    }

    private static TrainerSettings.Batches batches(GatecastConfig config, int windows) {
        var usual = TrainerSettings.Batches.DEFAULT;
        int length = config.whole("train.window");
        int burnIn = Math.min(usual.burnIn(), length / 3);
        return new TrainerSettings.Batches(
                windows,
                length,
                burnIn,
                Math.min(usual.stride(), length - burnIn),
                config.text("train.state").equals("carried"),
                config.real("train.old.share"));
    }

    private static Optional<Duration> tuning(GatecastConfig config) {
        long time = config.durationOrNone("train.tune");
        return time > 0 ? Optional.of(Duration.ofMillis(time)) : Optional.empty();
    }

    /** The settings of the training after this one: what tuning has chosen is not searched for again. */
    static GatecastConfig after(GatecastConfig config, Challenge challenge) {
        if (challenge.chosen().isEmpty()) {
            return config;
        }
        var settings = new TreeMap<>(challenge.chosen());
        settings.put("train.tune", "none");
        return config.with(settings);
    }

    private static TrainerSettings.Course course(GatecastConfig config) {
        return new TrainerSettings.Course(
                config.real("train.decay"),
                config.whole("train.rise"),
                config.real("train.clip"),
                config.real("train.average"),
                config.whole("train.patience"),
                (int) config.numberOr("train.warm.iterations", TrainerSettings.Course.AS_FRESH));
    }

    private static TrainerSettings.Target target(GatecastConfig config, boolean calendar) {
        return new TrainerSettings.Target(
                config.whole("horizon"),
                levels(config),
                config.findsSeasons() ? TrainerSettings.Target.SEASONS_OF_DATA : seasons(config.wholes("seasons")),
                config.findsCadence() ? TrainerSettings.Target.CADENCE_OF_DATA : config.cadence(),
                new Timing(calendar, config.text("calendar.zone"), HolidayFiles.read(config.list("calendar.holidays"))),
                Optional.empty());
    }

    private static float[] levels(GatecastConfig config) {
        double[] written = config.reals("quantiles");
        var levels = new float[written.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (float) written[i];
        }
        return levels;
    }

    private static Seasons seasons(int[] lengths) {
        return switch (lengths.length) {
            case 0 -> Seasons.NONE;
            case 1 -> new Seasons(lengths[0], lengths[0]);
            default -> new Seasons(lengths[0], lengths[lengths.length - 1]);
        };
    }

    /**
     * How much history is held in memory.
     *
     * @param timed whether the ticks' times are times; false where they are row numbers
     */
    static History.Limits limits(GatecastConfig config, boolean timed) {
        long span = timed ? config.durationOrNone("train.history") : 0;
        return new History.Limits(
                config.whole("train.entities"),
                config.wide("train.memory") << 20,
                span > 0 ? span : Long.MAX_VALUE,
                config.wide("train.seed"));
    }

    /**
     * A job that trains on the ticks topic between {@code train.from} and {@code train.to}.
     *
     * @param latest event time from which the model is used at the latest, for a caller who sends no later tick before
     */
    static TrainingJob job(
            GatecastConfig config, Cluster cluster, ModelRegistry registry, Progress.Listener listener, long latest) {
        return new TrainingJob(
                feed(config, cluster),
                limits(config, true),
                new Trainer(trainer(config, true), InstantSource.system(), listener),
                registry,
                publishing(config, latest));
    }

    /** The same on those of the ticks that are before a cut, where ticks come at any time. */
    static TrainingJob job(
            GatecastConfig config,
            Cluster cluster,
            ModelRegistry registry,
            Progress.Listener listener,
            Optional<Cut> cut) {
        var whole = feed(config, cluster);
        return new TrainingJob(
                cut.map(whole::until).orElse(whole),
                limits(config, true),
                new Trainer(trainer(config, true), InstantSource.system(), listener),
                registry,
                publishing(config, Long.MAX_VALUE));
    }

    private static TopicFeed feed(GatecastConfig config, Cluster cluster) {
        var times = new TopicRange.Times(
                config.time("train.from").orElse(Long.MIN_VALUE),
                config.time("train.to").orElse(Long.MAX_VALUE));
        var ticks = new TopicFeed(
                cluster.clients(),
                cluster.topics().names().ticks(),
                times,
                TickSettings.codec(config),
                TickSettings.fields(config));
        return BarSettings.wanted(config) ? ticks.inBars(source -> BarSettings.of(config, source)) : ticks;
    }

    private static TrainingJob.Settings publishing(GatecastConfig config, long latest) {
        long margin = config.durationOrNone("train.activation.margin");
        return new TrainingJob.Settings(margin, latest, ForecastSettings.futureLimit(config), origin());
    }

    /** What a model's lineage says of the program. */
    static Map<String, String> origin() {
        return Map.of("gatecast", Version.number(), "java", System.getProperty("java.version"));
    }
}
