package dev.gatecast.app;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.event.Tick;
import dev.gatecast.kafka.KafkaProblem;
import dev.gatecast.server.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/** One run of the demo: broker, topics, history, training, stream, second training, summary. */
final class Demo {
    private static final long DRAIN_LIMIT_SECONDS = 120;

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

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
    int run() throws InterruptedException {
        try (var stop = new DemoStop()) {
            return run(stop);
        }
    }

    private int run(DemoStop stop) throws InterruptedException {
        try {
            return runAndClean(stop);
        } catch (InterruptedException | RuntimeException e) {
            if (!stop.asked()) {
                throw e;
            }
            LOG.debug("stopped", e);
            return ExitCode.OK;
        }
    }

    private int runAndClean(DemoStop stop) throws InterruptedException {
        var dataDir = options.dataDir() == null ? temporary() : options.dataDir();
        try {
            HttpServer.requireFree(Serving.http(config("localhost:9092", dataDir)));
            return run(dataDir, stop);
        } finally {
            if (options.dataDir() == null) {
                Folders.delete(dataDir);
            }
        }
    }

    private int run(Path dataDir, DemoStop stop) throws InterruptedException {
        log.say("starting a Kafka broker in this process, data in %s", dataDir);
        try (var broker = LocalBroker.start(dataDir.resolve("broker"), 0)) {
            var config = config(broker.bootstrapServers(), dataDir);
            var cluster = Cluster.of(config);
            createTopics(cluster, config);
            long resumeAt = newestTick(cluster);
            sendHistory(cluster, config, resumeAt);
            try (var serving = new Serving(config, score, this::fail)) {
                log.say("dashboard: %s", serving.address());
                if (options.browser()) {
                    Browser.open(serving.address());
                }
                return stream(cluster, config, serving, resumeAt, stop);
            }
        }
    }

    private int stream(Cluster cluster, GatecastConfig config, Serving serving, long resumeAt, DemoStop stop)
            throws InterruptedException {
        try {
            stop.allow();
            return stream(cluster, config, serving, resumeAt);
        } finally {
            stop.forbid();
        }
    }

    private int stream(Cluster cluster, GatecastConfig config, Serving serving, long resumeAt)
            throws InterruptedException {
        try (var training = new DemoTraining(config, cluster, log)) {
            training.first();
            return stream(cluster, config, serving, training, resumeAt);
        }
    }

    private int stream(Cluster cluster, GatecastConfig config, Serving serving, DemoTraining training, long resumeAt)
            throws InterruptedException {
        try (var reader = new ForecastReader(cluster)) {
            announce(resumeAt);
            long start = System.nanoTime();
            send(cluster, config, Math.max(resumeAt, DemoCalendar.STREAM), DemoCalendar.RETRAIN);
            var second = training.secondAside(options.pace(), resumeAt);
            send(cluster, config, Math.max(resumeAt, DemoCalendar.RETRAIN), DemoCalendar.SWAP);
            await(second);
            send(cluster, config, Math.max(resumeAt, DemoCalendar.SWAP), DemoCalendar.END);
            drain(serving);
            double seconds = (System.nanoTime() - start) / 1e9;
            return end(serving, new DemoSummary(serving, score, reader, seconds, training.activated()));
        }
    }

    private void announce(long resumeAt) {
        if (resumeAt >= DemoCalendar.LAST_HOUR) {
            log.say("nothing left to stream: only the last hour is sent again, in case it was incomplete");
        } else if (resumeAt > DemoCalendar.STREAM) {
            log.say("streaming the rest of May and June, %s", options.pace().text());
        } else {
            log.say("streaming May and June, %s", options.pace().text());
        }
    }

    private int end(Serving serving, DemoSummary summary) throws InterruptedException {
        var reason = failure.get();
        if (reason != null) {
            out.println("gatecast demo: failed: " + reason);
            return ExitCode.SOFTWARE;
        }
        out.println();
        out.println(summary.text());
        if (!options.exitAtEnd()) {
            log.say("the stream has ended; the dashboard stays at %s until Ctrl-C", serving.address());
            serving.awaitStop();
        }
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
        settings.putAll(options.settings());
        return GatecastConfig.of(settings);
    }

    private void createTopics(Cluster cluster, GatecastConfig config) {
        try (var admin = cluster.admin()) {
            admin.create(config.whole("topics.partitions"), (short) config.whole("topics.replication"));
        }
    }

    /** Event time to go on from: that of the newest tick on the topic, whose hour may be incomplete. */
    private long newestTick(Cluster cluster) {
        try (var admin = cluster.admin()) {
            return admin.newestTickTime().orElse(Long.MIN_VALUE);
        }
    }

    private void sendHistory(Cluster cluster, GatecastConfig config, long resumeAt) {
        if (resumeAt >= DemoCalendar.STREAM) {
            log.say("going on from %s", Instant.ofEpochMilli(resumeAt));
            return;
        }
        var ticks = DemoData.ticks(TickSettings.fields(config)).stream()
                .filter(tick -> tick.time() >= resumeAt && tick.time() < DemoCalendar.STREAM)
                .toList();
        log.say(
                "writing January to April to topic %s: %,d ticks of 20 airports",
                cluster.topics().names().ticks(), ticks.size());
        try (var sender = new TickSender(cluster, TickSettings.format(config))) {
            sender.send(ticks, new Pace(0));
        }
    }

    private void send(Cluster cluster, GatecastConfig config, long from, long until) {
        List<Tick> ticks = DemoData.ticks(TickSettings.fields(config)).stream()
                .filter(tick -> tick.time() >= from && tick.time() < until)
                .toList();
        if (ticks.isEmpty() || failure.get() != null) {
            return;
        }
        try (var sender = new TickSender(cluster, TickSettings.format(config))) {
            sender.send(ticks, options.pace());
        }
    }

    private static void await(Future<?> training) throws InterruptedException {
        try {
            training.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** Waits until every airport's last tick has been forecast. */
    private void drain(Serving serving) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_LIMIT_SECONDS);
        while (!reached(serving, DemoCalendar.LAST_HOUR) && failure.get() == null) {
            if (System.nanoTime() > deadline) {
                throw new KafkaProblem("the topology did not reach the end of the stream within " + DRAIN_LIMIT_SECONDS
                        + " s; it is " + serving.streams().state());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static boolean reached(Serving serving, long time) {
        var streams = serving.streams();
        var names = streams.entities("", DemoData.ENTITIES + 1);
        return names.size() >= DemoData.ENTITIES
                && names.stream().allMatch(name -> streams.entity(name)
                        .filter(entity -> entity.lastTime() >= time)
                        .isPresent());
    }

    private void fail(String reason) {
        failure.compareAndSet(null, reason);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("gatecast-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the demo", e);
        }
    }
}
