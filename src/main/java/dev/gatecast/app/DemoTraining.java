package dev.gatecast.app;

import dev.gatecast.forecast.Activation;
import dev.gatecast.kafka.ModelRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The two trainings of the demo, on the topic, through the gate, as {@code gatecast train --once} does it. */
final class DemoTraining implements AutoCloseable {
    private static final int SECOND_ITERATIONS = 800;
    private static final Duration ONE_HOUR = Duration.ofHours(1);

    private final GatecastConfig config;
    private final Cluster cluster;
    private final DemoLog log;
    private final ModelRegistry registry;
    private final ExecutorService aside = Executors.newSingleThreadExecutor(DemoTraining::thread);

    DemoTraining(GatecastConfig config, Cluster cluster, DemoLog log) {
        this.config = config;
        this.cluster = cluster;
        this.log = log;
        this.registry = new ModelRegistry(cluster.clients(), cluster.topics());
    }

    /** Trains on January to April; not where an earlier start has done so. */
    void first() {
        if (registry.history().isEmpty()) {
            log.say("training on the topic: January to April");
            train(until(DemoCalendar.STREAM), ONE_HOUR, config.whole("train.iterations"));
        }
    }

    /**
     * Trains once more, on all until mid May, while the stream goes on; not where an earlier start has done so.
     *
     * @param resumeAt event time that the stream goes on from; past the training's date there is none
     */
    private void second(Pace pace, long resumeAt) {
        if (resumeAt < DemoCalendar.RETRAIN && registry.history().size() < 2) {
            log.say("training again, on all until %s, while the stream goes on", until(DemoCalendar.RETRAIN));
            train(until(DemoCalendar.RETRAIN), margin(pace), SECOND_ITERATIONS);
        }
    }

    /** The same on a thread of its own. */
    Future<?> secondAside(Pace pace, long resumeAt) {
        return aside.submit(() -> second(pace, resumeAt));
    }

    /** A fixed end of the data, so that the result does not depend on how fast the machine is. */
    private static String until(long time) {
        return Instant.ofEpochMilli(time).toString();
    }

    /** Event time that is surely not over before the activation is written: three seconds' worth, at least an hour. */
    private static Duration margin(Pace pace) {
        var threeSeconds = Duration.ofMillis(3 * pace.perSecond());
        return threeSeconds.compareTo(ONE_HOUR) > 0 ? threeSeconds : ONE_HOUR;
    }

    private void train(String until, Duration margin, int iterations) {
        var settings = config.with(Map.of(
                "train.to", until,
                "train.activation.margin", margin.toString(),
                "train.iterations", String.valueOf(iterations)));
        try (var progress = new TrainProgress(log.out())) {
            var outcome =
                    TrainSettings.job(settings, cluster, registry, progress).runOnce();
            log.say("%s", outcome.challenge().gate().reason());
            outcome.activation()
                    .ifPresent(activation -> log.say(
                            "model %s is used from %s on",
                            activation.modelId().substring(0, 12), Instant.ofEpochMilli(activation.effectiveFrom())));
        }
    }

    /** The activations so far, in words. */
    List<String> activated() {
        return registry.history().stream().map(DemoTraining::text).toList();
    }

    private static String text(Activation activation) {
        return String.format(
                Locale.ROOT,
                "%s from %s",
                activation.modelId().substring(0, 12),
                Instant.ofEpochMilli(activation.effectiveFrom()));
    }

    private static Thread thread(Runnable training) {
        var thread = new Thread(training, "gatecast-second-training");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        aside.shutdownNow();
        registry.close();
    }
}
