package dev.gatecast.topology;

import static dev.gatecast.topology.Rig.HOUR;
import static dev.gatecast.topology.Rig.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatecast.codec.Format;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.kafka.TopicAdmin;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The topology against the broker that users run, in a container: the same records as in Kafka's test driver. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class KafkaImageIT {
    private static final String IMAGE = "apache/kafka:4.3.1";
    private static final int PARTITIONS = 3;
    private static final int ENTITIES = 8;
    private static final int HOURS = 240;
    private static final int STOP = 130;
    private static final long FIRST_MODEL = START + 20 * HOUR;
    private static final long SECOND_MODEL = START + 160 * HOUR;

    @SuppressWarnings("NullAway.Init")
    private static KafkaContainer kafka;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final LinkedBlockingQueue<String> failures = new LinkedBlockingQueue<>();

    /**
     * A record of the ticks topic.
     *
     * @param key of the record
     * @param value JSON, or not
     * @param time milliseconds since the epoch
     */
    private record Sent(String key, String value, long time) {}

    @BeforeAll
    static void startKafka() {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "skipped: no Docker engine answers, so " + IMAGE + " cannot be started");
        kafka = new KafkaContainer(IMAGE);
        kafka.start();
    }

    @AfterAll
    static void stopKafka() {
        if (kafka != null) {
            kafka.stop();
        }
    }

    @Test
    void writesEveryRecordOnceAndAsInTheTestDriverAcrossARestart() throws Exception {
        var names = TopicNames.DEFAULT;
        try (var admin = new TopicAdmin(clients(), new Topics(names))) {
            admin.create(PARTITIONS, (short) 1);
            assertEquals(List.of(), admin.verify());
        }
        try (var registry = new ModelRegistry(clients(), new Topics(names))) {
            registry.publish(Rig.model(1));
            registry.publish(Rig.model(2));
            registry.activate(Rig.model(1).id(), FIRST_MODEL);
            registry.activate(Rig.model(2).id(), SECOND_MODEL);
        }
        run(sent(0, STOP));
        run(sent(STOP, HOURS));
        assertEquals(List.of(), List.copyOf(failures));

        try (var rig = new Rig(directory.resolve("driver"))) {
            rig.publish(Rig.model(1));
            rig.publish(Rig.model(2));
            rig.activate(Rig.model(1), FIRST_MODEL, 1);
            rig.activate(Rig.model(2), SECOND_MODEL, 2);
            for (var half : List.of(sent(0, STOP), sent(STOP, HOURS))) {
                half.forEach(tick -> rig.tick(Rig.bytes(tick.key), Rig.bytes(tick.value), tick.time));
            }
            var forecasts = driven(rig, names.forecasts());
            assertEquals(
                    ENTITIES * (HOURS - 20),
                    forecasts.values().stream().mapToInt(List::size).sum());
            assertEquals(forecasts, written(names.forecasts()));
            var alerts = driven(rig, names.alerts());
            assertFalse(alerts.isEmpty());
            assertEquals(alerts, written(names.alerts()));
            var letters = driven(rig, names.deadLetters());
            assertEquals(2, letters.values().stream().mapToInt(List::size).sum());
            assertEquals(letters, written(names.deadLetters()));
        }
    }

    /** Every entity's wave, one entity that leaves it, and in each half a tick that cannot be read. */
    private static List<Sent> sent(int from, int until) {
        var all = new ArrayList<Sent>();
        for (int hour = from; hour < until; hour++) {
            for (int entity = 0; entity < ENTITIES; entity++) {
                double value = hour > 200 && entity == 3 ? 9_000 : Rig.wave(entity, hour);
                all.add(new Sent("e" + entity, "{\"value\": " + value + "}", START + hour * HOUR));
            }
        }
        all.add(new Sent("e5", "{\"value\": ", START + until * HOUR - 1));
        return all;
    }

    /** Starts the application, sends the ticks while it runs, and stops it when it has taken them all. */
    private void run(List<Sent> ticks) throws Exception {
        var settings = new TopologySettings(
                new TopologySettings.Instance("on-the-image", directory.resolve("state"), ""),
                TopicNames.DEFAULT,
                TopologySettings.Input.DEFAULT,
                new TopologySettings.Tuning(
                        2, Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofSeconds(5), 3),
                ForecasterSettings.DEFAULT);
        var formats = Formats.of(Rig.KEYED, Format.AVRO);
        try (var streams =
                new GatecastStreams(settings, formats, clients(), PARTITIONS, ForecastListener.NONE, failures::add)) {
            streams.start();
            send(ticks);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (streams.metrics().ticks() < ticks.size() - 1 && streams.alive()) {
                assertTrue(System.nanoTime() < deadline, "waited for two minutes, state " + streams.state());
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertTrue(streams.close(Duration.ofSeconds(60)));
        }
    }

    private static void send(List<Sent> ticks) {
        var producing = Map.of("producer.linger.ms", "5");
        try (var producer = new Clients(kafka.getBootstrapServers(), producing).producer()) {
            for (var tick : ticks) {
                var record = new ProducerRecord<>(
                        TopicNames.DEFAULT.ticks(), null, tick.time, Rig.bytes(tick.key), Rig.bytes(tick.value));
                assertFalse(producer.send(record).isCancelled());
            }
            producer.flush();
        }
    }

    /** What the test driver has written, by key, in order. */
    private static Map<String, List<String>> driven(Rig rig, String topic) {
        var all = new TreeMap<String, List<String>>();
        for (var record : rig.take(topic)) {
            add(all, record.key(), record.timestamp() + " " + text(record.headers(), record.value()));
        }
        return all;
    }

    /** What is committed on a topic of the container, by key, in order. */
    private static Map<String, List<String>> written(String topic) {
        var all = new TreeMap<String, List<String>>();
        try (var consumer = clients().consumer()) {
            for (var info : consumer.partitionsFor(topic)) {
                var partition = new TopicPartition(topic, info.partition());
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                while (consumer.position(partition) < end) {
                    for (var record : consumer.poll(Duration.ofMillis(200))) {
                        add(all, record.key(), record.timestamp() + " " + text(record.headers(), record.value()));
                    }
                }
            }
        }
        return all;
    }

    private static void add(Map<String, List<String>> all, byte[] key, String line) {
        all.computeIfAbsent(new String(key, StandardCharsets.UTF_8), unused -> new ArrayList<>())
                .add(line);
    }

    /** The value, and of a dead letter the reason: partition and offset differ, as the test driver has one partition. */
    private static String text(Headers headers, byte[] value) {
        var reason = headers.lastHeader(DeadLetters.REASON);
        return (reason == null ? "" : new String(reason.value(), StandardCharsets.UTF_8) + " ")
                + HexFormat.of().formatHex(value);
    }

    private static Clients clients() {
        return Clients.of(kafka.getBootstrapServers());
    }
}
