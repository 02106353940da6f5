package dev.gatecast.app;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.server.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** One run of the demo: broker, topics, history, training, stream, second training, summary. */
final class Demo {
    private final DemoOptions options;
    private final PrintWriter out;
    private final DemoLog log;
    private final DemoScore score = new DemoScore(DemoCalendar.SWAP);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    Demo(DemoOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
        this.log = new DemoLog(out);
    }

    /** Runs it; returns the exit code. */
    int run() {
        try (var stop = new StopSignal("gatecast demo")) {
            return runAndClean(stop);
        }
    }

    private int runAndClean(StopSignal stop) {
        var dataDir = options.dataDir() == null ? temporary() : options.dataDir();
        try {
            HttpServer.requireFree(Serving.http(config("localhost:9092", dataDir)));
            return run(dataDir, stop);
        } catch (CancellationException e) {
            return ended();
        } finally {
            if (options.dataDir() == null) {
                Folders.delete(dataDir);
            }
        }
    }

    private int run(Path dataDir, StopSignal stop) {
        log.say("starting a Kafka broker in this process, data in %s", dataDir);
        try (var broker = broker(dataDir, stop)) {
            stop.check();
            var config = config(broker.bootstrapServers(), dataDir);
            var cluster = Cluster.of(config);
            createTopics(cluster, config);
            try (var stream = DemoStream.open(cluster, config, options.pace(), stop)) {
                sendHistory(stream, cluster);
                try (var serving = new Serving(config, score, reason -> fail(reason, stop))) {
                    log.say("dashboard: %s", serving.address());
                    if (options.browser()) {
                        Browser.open(serving.address());
                    }
                    return stream(cluster, config, serving, stream, stop);
                }
            }
        }
    }

    /** Kafka's server asks to be told of the process's end, which is too late once that has begun. */
    private static LocalBroker broker(Path dataDir, StopSignal stop) {
        stop.check();
        try {
            return LocalBroker.start(dataDir.resolve("broker"), 0);
        } catch (RuntimeException | LinkageError e) {
            stop.check();
            throw e;
        }
    }

    private void sendHistory(DemoStream stream, Cluster cluster) {
        int ticks = stream.count(Long.MIN_VALUE, DemoCalendar.STREAM);
        if (ticks > 0) {
            log.say(
                    "writing January to April to topic %s: %,d ticks of 20 airports",
                    cluster.topics().names().ticks(), ticks);
            stream.sendAtOnce(Long.MIN_VALUE, DemoCalendar.STREAM);
        } else {
            log.say("going on from %s", Instant.ofEpochMilli(stream.first().orElse(stream.newest())));
        }
    }

    private int stream(Cluster cluster, GatecastConfig config, Serving serving, DemoStream stream, StopSignal stop) {
        try (var training = new DemoTraining(config, cluster, log, stop)) {
            stop.check();
            training.first();
            try (var reader = new ForecastReader(cluster)) {
                announce(stream);
                long start = System.nanoTime();
                send(stream, training);
                stream.drain(serving);
                double seconds = (System.nanoTime() - start) / 1e9;
                return end(serving, new DemoSummary(serving, score, reader, seconds, training.activated()), stop);
            }
        }
    }

    /** May, then the rest of it while the second model is trained, then June. */
    private void send(DemoStream stream, DemoTraining training) {
        stream.send(DemoCalendar.STREAM, DemoCalendar.RETRAIN);
        if (stream.newest() < DemoCalendar.SWAP) {
            var second = training.second(options.pace());
            stream.send(DemoCalendar.RETRAIN, DemoCalendar.SWAP);
            stream.await(second);
        }
        stream.send(DemoCalendar.SWAP, DemoCalendar.END);
    }

    private void announce(DemoStream stream) {
        if (stream.first().isEmpty()) {
            log.say("nothing left to stream");
        } else {
            log.say(
                    "streaming %sMay and June, %s",
                    stream.newest() >= DemoCalendar.STREAM ? "the rest of " : "",
                    options.pace().text());
        }
    }

    private int end(Serving serving, DemoSummary summary, StopSignal stop) {
        out.println();
        out.println(summary.text());
        out.flush();
        if (!options.exitAtEnd()) {
            log.say("the stream has ended; the dashboard stays at %s until Ctrl-C", serving.address());
            stop.asked(Long.MAX_VALUE);
            stop.check();
        }
        return ExitCode.OK;
    }

    private int ended() {
        var reason = failure.get();
        if (reason != null) {
            out.println("gatecast demo: failed: " + reason);
            return ExitCode.SOFTWARE;
        }
        log.say("stopped%s", options.dataDir() == null ? "" : "; the same command goes on from here");
        return ExitCode.OK;
    }

    private GatecastConfig config(String bootstrapServers, Path dataDir) {
        var settings = new HashMap<String, String>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("data.dir", dataDir.toString());
        settings.put("application.id", "gatecast-demo");
        settings.put("topics.partitions", "2");
        settings.put("topics.replication", "1");
        settings.put("ticks.format", "avro");
        settings.put("ticks.fields", "departures,mean_arrival_delay");
        settings.put("ticks.targets", "departures");
        settings.put("train.threads", "2");
        settings.put("train.iterations", "200"); // soon there; the second training goes on from it
        settings.put("train.batch", "32");
        settings.put("train.learning.rate", "0.003");
        settings.put("train.validation", "0.15");
        settings.putAll(options.settings());
        return GatecastConfig.of(settings);
    }

    private void createTopics(Cluster cluster, GatecastConfig config) {
        try (var admin = cluster.admin()) {
            admin.create(config.whole("topics.partitions"), (short) config.whole("topics.replication"));
        }
    }

    private void fail(String reason, StopSignal stop) {
        failure.compareAndSet(null, reason);
        stop.ask();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("gatecast-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the demo", e);
        }
    }
}
