package dev.gatecast.topology;

import static dev.gatecast.topology.Rig.HOUR;
import static dev.gatecast.topology.Rig.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.Format;
import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.kafka.TopicAdmin;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 240, unit = TimeUnit.SECONDS)
class TopologyIT {
    private static final int PARTITIONS = 2;
    private static final int ENTITIES = 12;
    private static final int HOURS = 250;
    private static final long TICKS = (long) ENTITIES * HOURS;

    @SuppressWarnings("NullAway.Init")
    private static LocalBroker broker;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final LinkedBlockingQueue<String> failures = new LinkedBlockingQueue<>();

    @BeforeAll
    static void startBroker() {
        broker = LocalBroker.startTemporary(0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void continuesAfterARestartAsIfThereHadBeenNone() throws Exception {
        var straight = names("straight");
        create(straight);
        produceTicks();
        publishTwoModels(straight);
        run(straight, directory.resolve("straight"), TICKS);

        var stopped = names("stopped");
        create(stopped);
        long done = run(stopped, directory.resolve("stopped"), TICKS / 3);
        assertTrue(done < TICKS, "it was stopped on its way");
        done += run(stopped, directory.resolve("stopped"), 2 * TICKS / 3 - done);
        done += run(stopped, directory.resolve("elsewhere"), TICKS - done);
        assertEquals(TICKS, done);

        assertEquals(List.of(), List.copyOf(failures));
        var forecasts = read(straight.forecasts());
        assertEquals(ENTITIES * (HOURS - 50L), forecasts.size());
        assertEquals(forecasts, read(stopped.forecasts()));
        var alerts = read(straight.alerts());
        assertFalse(alerts.isEmpty());
        assertEquals(alerts, read(stopped.alerts()));
        assertEquals(List.of(), read(stopped.deadLetters()));
    }

    @Test
    void saysOnceThatAnActivatedModelDoesNotArrive() throws Exception {
        var names = TopicNames.DEFAULT.prefixed("unknown-");
        create(names);
        try (var registry = new ModelRegistry(clients(), new Topics(names))) {
            registry.publish(Rig.model(7));
            registry.activate(Rig.model(7).id(), START);
        }
        // the application reads another topic of models, on which it never arrives
        var elsewhere = new TopicNames(
                names.ticks(),
                names.forecasts(),
                names.alerts(),
                names.deadLetters(),
                "unknown-other-models",
                names.activations());
        create(elsewhere);
        try (var producer = clients().producer()) {
            var sent = producer.send(
                    new ProducerRecord<>(names.ticks(), 0, START, Rig.bytes("a"), Rig.bytes("{\"value\": 1}")));
            producer.flush();
            assertTrue(sent.isDone());
        }
        try (var streams = streams(elsewhere, directory)) {
            streams.start();
            var failure = failures.poll(60, TimeUnit.SECONDS);
            assertTrue(String.valueOf(failure).contains("did not arrive on topic 'unknown-other-models'"), failure);
            streams.awaitStop();
            assertFalse(streams.alive());
            assertFalse(streams.ready());
            assertEquals(failure, streams.failure().orElseThrow());
        }
        assertEquals(0, failures.size());
    }

    @Test
    void survivesABrokerThatIsGoneForAWhile() throws Exception {
        var data = directory.resolve("broker");
        var names = TopicNames.DEFAULT;
        int port;
        try (var own = LocalBroker.start(data, 0)) {
            port = Integer.parseInt(own.bootstrapServers().split(":", 2)[1]);
            var clients = Clients.of(own.bootstrapServers());
            try (var admin = new TopicAdmin(clients, new Topics(names))) {
                admin.create(1, (short) 1);
            }
        }
        var ticked = new CountDownLatch(1);
        var clients = Clients.of("127.0.0.1:" + port);
        var again = LocalBroker.start(data, port);
        try (var streams = new GatecastStreams(
                settings(names, directory.resolve("state")),
                Formats.of(Rig.KEYED, Format.AVRO),
                clients,
                1,
                listener(ticked),
                failures::add)) {
            streams.start();
            await(() -> streams.state().equals("RUNNING"));
            assertFalse(streams.ready(), "no model is active");
            again.close();
            TimeUnit.SECONDS.sleep(3);
            assertTrue(streams.alive());
            again = LocalBroker.start(data, port);
            try (var producer = clients.producer()) {
                var sent = producer.send(
                        new ProducerRecord<>("ticks", 0, START, Rig.bytes("a"), Rig.bytes("{\"value\": 1}")));
                producer.flush();
                assertTrue(sent.isDone());
            }
            assertTrue(ticked.await(60, TimeUnit.SECONDS));
            assertTrue(streams.close(Duration.ofSeconds(20)));
        } finally {
            again.close();
        }
        assertEquals(0, failures.size());
    }

    private static ForecastListener listener(CountDownLatch ticked) {
        return new ForecastListener() {
            @Override
            public void advanced(Tick tick, @Nullable Forecast forecast, @Nullable Alert alert, long nanos) {
                ticked.countDown();
            }
        };
    }

    /** Runs the application until it has advanced so many ticks or more, closes it, and says how many. */
    private long run(TopicNames names, Path stateDir, long ticks) throws Exception {
        try (var streams = streams(names, stateDir)) {
            streams.start();
            await(() -> streams.metrics().ticks() >= ticks || !streams.alive());
            assertTrue(streams.close(Duration.ofSeconds(60)));
            return streams.metrics().ticks();
        }
    }

    private GatecastStreams streams(TopicNames names, Path stateDir) {
        return new GatecastStreams(
                settings(names, stateDir),
                Formats.of(Rig.KEYED, Format.AVRO),
                clients(),
                PARTITIONS,
                ForecastListener.NONE,
                failures::add);
    }

    private static TopologySettings settings(TopicNames names, Path stateDir) {
        return new TopologySettings(
                new TopologySettings.Instance("app-" + names.forecasts(), stateDir, ""),
                names,
                TopologySettings.Input.DEFAULT,
                new TopologySettings.Tuning(2, Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofSeconds(2), 5),
                ForecasterSettings.DEFAULT);
    }

    /** The same ticks, models and activations for every run, outputs of its own. */
    private static TopicNames names(String run) {
        return new TopicNames(
                "ticks", run + "-forecasts", run + "-alerts", run + "-dead-letters", "models", "activations");
    }

    private static void create(TopicNames names) {
        try (var admin = new TopicAdmin(clients(), new Topics(names))) {
            admin.create(PARTITIONS, (short) 1);
            assertEquals(List.of(), admin.verify());
        }
    }

    private static void produceTicks() {
        var settings = Map.of("producer.linger.ms", "5", "producer.max.in.flight.requests.per.connection", "1");
        try (var producer = new Clients(broker.bootstrapServers(), settings).producer()) {
            for (long hour = 0; hour < HOURS; hour++) {
                for (int entity = 0; entity < ENTITIES; entity++) {
                    double value = hour > 200 && entity == 3 ? 9_000 : Rig.wave(entity, hour);
                    var record = new ProducerRecord<>(
                            "ticks",
                            entity % PARTITIONS,
                            START + hour * HOUR,
                            Rig.bytes("e" + entity),
                            Rig.bytes("{\"value\": " + value + "}"));
                    assertFalse(producer.send(record).isCancelled());
                }
            }
            producer.flush();
        }
    }

    private static void publishTwoModels(TopicNames names) {
        try (var registry = new ModelRegistry(clients(), new Topics(names))) {
            registry.publish(Rig.model(1));
            registry.publish(Rig.model(2));
            registry.activate(Rig.model(1).id(), START + 50 * HOUR);
            registry.activate(Rig.model(2).id(), START + 180 * HOUR);
        }
    }

    /** All committed records of a topic as text, sorted: those of one entity are in the order of their times. */
    private static List<String> read(String topic) {
        var lines = new ArrayList<String>();
        try (var consumer = clients().consumer()) {
            for (var info : consumer.partitionsFor(topic)) {
                var partition = new TopicPartition(topic, info.partition());
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(200))
                            .forEach(record -> lines.add(info.partition() + " " + record.timestamp() + " "
                                    + Arrays.toString(record.key()) + Arrays.toString(record.value())));
                }
            }
        }
        return lines.stream().sorted().toList();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited for two minutes");
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static Clients clients() {
        return Clients.of(broker.bootstrapServers());
    }
}
