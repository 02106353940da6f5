package dev.gatecast.app;

import dev.gatecast.forecast.Activation;
import dev.gatecast.kafka.ModelRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The two trainings of the demo, on the topic, through the gate, as {@code gatecast train --once} does it. */
final class DemoTraining implements AutoCloseable {
    private static final String SECOND_ITERATIONS = "800";
    private static final int CLOSE_SECONDS = 30;
    private static final Duration ONE_HOUR = Duration.ofHours(1);

    private final GatecastConfig config;
    private final Cluster cluster;
    private final DemoLog log;
    private final StopSignal stop;
    private final ModelRegistry registry;
    private final ExecutorService aside = Executors.newSingleThreadExecutor(DemoTraining::thread);
    private volatile boolean closing;

    DemoTraining(GatecastConfig config, Cluster cluster, DemoLog log, StopSignal stop) {
        this.config = config;
        this.cluster = cluster;
        this.log = log;
        this.stop = stop;
        this.registry = new ModelRegistry(cluster.clients(), cluster.topics());
    }

    /** Trains on January to April; not where an earlier start has done so. */
    void first() {
        if (registry.history().isEmpty()) {
            log.say("training on the topic: January to April");
            train(DemoCalendar.STREAM, Long.MAX_VALUE, ONE_HOUR, config.text("train.iterations"));
        }
    }

    /**
     * Trains once more, on all until mid May, on a thread of its own while the stream goes on to the first of June and
     * waits there; not where an earlier start has come that far.
     */
    Future<?> second(Pace pace) {
        return aside.submit(() -> {
            if (models() < 2) {
                log.say("training again, on all until %s, while the stream goes on", text(DemoCalendar.RETRAIN));
                train(DemoCalendar.RETRAIN, DemoCalendar.SWAP, margin(pace), SECOND_ITERATIONS);
            }
        });
    }

    private long models() {
        return registry.history().stream().map(Activation::modelId).distinct().count();
    }

    private static String text(long time) {
        return Instant.ofEpochMilli(time).toString();
    }

    /** Event time that is surely not over before the activation is written: three seconds' worth, at least an hour. */
    private static Duration margin(Pace pace) {
        var threeSeconds = Duration.ofMillis(3 * pace.perSecond());
        return threeSeconds.compareTo(ONE_HOUR) > 0 ? threeSeconds : ONE_HOUR;
    }

    /** On a fixed part of the data, so that the result does not depend on how fast the machine is. */
    private void train(long until, long usedBy, Duration margin, String iterations) {
        var settings = config.with(Map.of(
                "train.to", text(until),
                "train.activation.margin", margin.toString(),
                "train.iterations", iterations));
        try (var progress = new TrainProgress(log.out())) {
            var job = TrainSettings.job(
                    settings, cluster, registry, new StoppableTraining(this::check, progress), usedBy);
            var outcome = job.runOnce();
            log.say("%s", outcome.challenge().gate().reason());
            outcome.activation()
                    .ifPresent(activation -> log.say(
                            "model %s is used from %s on",
                            activation.modelId().substring(0, 12), Instant.ofEpochMilli(activation.effectiveFrom())));
        }
    }

    private void check() {
        stop.check();
        if (closing) {
            throw new CancellationException("closing");
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

    /** Ends a training that is under way and waits for it: the broker is still needed until then. */
    @Override
    public void close() {
        closing = true;
        aside.shutdown();
        try {
            if (!aside.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                aside.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registry.close();
    }
}
