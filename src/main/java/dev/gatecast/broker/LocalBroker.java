package dev.gatecast.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real single-node KRaft broker inside this process, on loopback ports. It formats its directory on first use and
 * goes on with what is there afterwards. Everything is kept for ever (no retention), nothing is replicated, topics
 * are made only when asked for. Thread-safe.
 */
public final class LocalBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalBroker.class);
    private static final int NODE = 1;
    private static final int ATTEMPTS = 3;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    /** What a server thread said when it wanted to end the process; one per process, as Kafka's own hook is. */
    private static final AtomicReference<@Nullable String> FAULT = new AtomicReference<>();

    private final BrokerDirectory directory;
    private final BrokerPorts ports;
    private final KafkaRaftServer server;
    private boolean closed;

    private LocalBroker(BrokerDirectory directory, BrokerPorts ports, KafkaRaftServer server) {
        this.directory = directory;
        this.ports = ports;
        this.server = server;
    }

    /**
     * Starts a broker on a directory that is kept.
     *
     * @param dataDir where its data lies; made when absent
     * @param port the clients' port, or 0 for any free one
     * @throws BrokerException when the directory cannot be used, belongs to a newer version or to another running
     *     broker, when the port is taken, or when the server does not start in time
     */
    public static LocalBroker start(Path dataDir, int port) {
        return start(BrokerDirectory.kept(dataDir.toAbsolutePath().normalize()), port);
    }

    /**
     * Starts a broker on a temporary directory that {@link #close()} removes.
     *
     * @param port the clients' port, or 0 for any free one
     */
    public static LocalBroker startTemporary(int port) {
        return start(BrokerDirectory.temporary(), port);
    }

    private static LocalBroker start(BrokerDirectory directory, int port) {
        neverEndTheProcess();
        try {
            for (var attempt = 1; ; attempt++) {
                var ports = BrokerPorts.claim(port);
                try {
                    return launch(directory, ports);
                } catch (BrokerException e) {
                    if (attempt == ATTEMPTS || port != 0 || !portTaken(e)) {
                        throw e;
                    }
                    LOG.info("A port was taken in between ({}); trying others", e.getMessage());
                }
            }
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static boolean portTaken(Throwable error) {
        return error instanceof BindException
                || String.valueOf(error.getMessage()).contains("Socket server failed to bind")
                || (error.getCause() != null && portTaken(error.getCause()));
    }

    private static LocalBroker launch(BrokerDirectory directory, BrokerPorts ports) {
        var begin = System.nanoTime();
        FAULT.set(null);
        if (!directory.formatted()) {
            format(directory);
        }
        var server = build(directory, ports);
        try {
            within(START_LIMIT, "start", server::startup);
        } catch (BrokerException e) {
            stop(server);
            throw e;
        }
        LOG.info(
                "Local broker on {} with its data in {}, started in {} ms",
                ports.bootstrapServers(),
                directory.root(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        return new LocalBroker(directory, ports, server);
    }

    private static KafkaRaftServer build(BrokerDirectory directory, BrokerPorts ports) {
        var settings = new Properties();
        settings.putAll(settings(directory, ports));
        try {
            return new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        } catch (RuntimeException e) {
            throw new BrokerException(
                    "The data directory " + directory.root() + " cannot be read by this broker (" + e.getMessage()
                            + "). If a newer Gatecast wrote it, start that one; otherwise choose another directory",
                    e);
        }
    }

    private static Map<String, String> settings(BrokerDirectory directory, BrokerPorts ports) {
        var client = "PLAINTEXT://" + ports.bootstrapServers();
        var controller = BrokerPorts.HOST + ":" + ports.controller();
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(NODE)),
                Map.entry("listeners", client + ",CONTROLLER://" + controller),
                Map.entry("advertised.listeners", client),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.quorum.voters", NODE + "@" + controller),
                Map.entry("log.dirs", directory.log().toString()),
                Map.entry("log.retention.ms", "-1"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("offsets.topic.num.partitions", "5"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "5"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                // a producer's age is taken from its records, and a replay's are years old: it would be forgotten at
                // every check, in the middle of its transactions
                Map.entry("producer.id.expiration.check.interval.ms", String.valueOf(Integer.MAX_VALUE)),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                // the defaults are for a machine of its own: 128 MiB of heap and a dozen threads
                Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20)),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"));
    }

    private static void format(BrokerDirectory directory) {
        var version = MetadataVersion.latestProduction();
        var formatter = new Formatter()
                .setSupportedFeatures(List.of(Feature.PRODUCTION_FEATURES.toArray(Feature[]::new)))
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(version)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory.log().toString())
                .addDirectory(directory.log().toString());
        try {
            formatter.run();
        } catch (Exception e) {
            throw new BrokerException(
                    "The data directory " + directory.root() + " could not be formatted: " + e.getMessage(), e);
        }
        directory.mark(version);
    }

    /** Where clients connect: {@code host:port}. */
    public String bootstrapServers() {
        return ports.bootstrapServers();
    }

    /** What went fatally wrong in the server since it started, for instance a directory that vanished. */
    public Optional<String> fault() {
        return Optional.ofNullable(FAULT.get());
    }

    /** Stops the broker, within 20 seconds at the most; removes a temporary directory. Idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            stop(server);
            directory.close();
        }
    }

    private static void stop(KafkaRaftServer server) {
        try {
            within(CLOSE_LIMIT, "stop", server::shutdown);
        } catch (BrokerException e) {
            LOG.warn("{}", e.getMessage(), e);
        }
    }

    private static void within(Duration limit, String verb, Runnable action) {
        var done = new CompletableFuture<@Nullable Void>();
        var thread = new Thread(() -> complete(done, action), "gatecast-broker-" + verb);
        thread.setDaemon(true);
        thread.start();
        try {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new BrokerFault("The local broker did not " + verb + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new BrokerFault("The local broker did not " + verb + " within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerFault("Interrupted while waiting for the local broker to " + verb, e);
        }
    }

    private static void complete(CompletableFuture<@Nullable Void> done, Runnable action) {
        try {
            action.run();
            done.complete(null);
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
    }

    /** The server ends its process on a fatal fault; inside a process that is not its own, it may only say so. */
    private static void neverEndTheProcess() {
        Exit.Procedure note = (status, message) -> {
            var text = "status " + status + (message == null ? "" : ": " + message);
            FAULT.compareAndSet(null, text);
            LOG.error("The local broker failed for good ({}); its own log lines above say why", text);
        };
        Exit.setExitProcedure(note);
        Exit.setHaltProcedure(note);
    }
}
