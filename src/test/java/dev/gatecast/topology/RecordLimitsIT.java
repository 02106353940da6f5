package dev.gatecast.topology;

import static dev.gatecast.topology.Rig.HOUR;
import static dev.gatecast.topology.Rig.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that a topic does not take, exactly once, on a real broker: nothing crash-loops, nothing is lost silently. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RecordLimitsIT {
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
    void aForecastThatItsTopicDoesNotTakeGoesToTheDeadLettersAndTheRestGoesOn() throws Exception {
        var names = create("narrow-");
        limit(names.forecasts(), 300);
        try (var streams = streams(names, Map.of())) {
            streams.start();
            send(names, "a", 0, 3);
            await(() ->
                    streams.metrics().ticks() == 3 && read(names.deadLetters()).size() == 3);
            assertEquals(0, streams.metrics().forecasts());
            assertEquals(3, streams.metrics().failures());
        }
        var letter = read(names.deadLetters()).get(0);
        assertEquals("FAILED", header(letter, DeadLetters.REASON));
        assertTrue(
                header(letter, DeadLetters.MESSAGE).contains("for topic 'narrow-forecasts', which takes at most 100"),
                header(letter, DeadLetters.MESSAGE));
        assertEquals("{\"value\": 0.0}", new String(letter.value(), StandardCharsets.UTF_8));

        limit(names.forecasts(), 1_000_000);
        try (var streams = streams(names, Map.of())) {
            streams.start();
            send(names, "a", 3, 2);
            await(() -> read(names.forecasts()).size() == 2);
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    @Test
    void aDeadLetterIsCutToWhatItsTopicTakes() throws Exception {
        var names = create("cut-");
        limit(names.deadLetters(), 5_000);
        try (var streams = streams(names, Map.of())) {
            streams.start();
            send(names, Rig.bytes("k".repeat(60_000)), Rig.bytes("x".repeat(700_000)));
            send(names, "a", 0, 1);
            await(() ->
                    streams.metrics().ticks() == 1 && read(names.deadLetters()).size() == 1);
        }
        var letter = read(names.deadLetters()).get(0);
        assertEquals("700000", header(letter, DeadLetters.CUT));
        assertEquals("60000", header(letter, DeadLetters.KEY_CUT));
        assertTrue(letter.value().length > 1_000 && letter.value().length < 5_000);
        assertEquals(List.of(), List.copyOf(failures));
    }

    @Test
    void aChangelogThatTakesNoStateEndsTheApplicationWithAWordOnWhatToDo() throws Exception {
        var names = create("changelog-");
        try (var streams = streams(names, Map.of("streams.topic.max.message.bytes", "100"))) {
            streams.start();
            send(names, "a", 0, 1);
            var failure = String.valueOf(failures.poll(90, TimeUnit.SECONDS));
            assertTrue(
                    failure.contains("-changelog does not take") && failure.contains("Raise its max.message.bytes"),
                    failure);
            assertFalse(streams.alive());
        }
        limit("changelog-app-entities-changelog", 1_000_000);
        limit("changelog-app-activation-timeline-changelog", 1_000_000);
        try (var streams = streams(names, Map.of())) {
            streams.start();
            await(() -> read(names.forecasts()).size() == 1);
        }
    }

    @Test
    void aLimitThatSinksWhileItRunsEndsTheApplicationAndLosesNothing() throws Exception {
        var names = create("sinking-");
        try (var streams = streams(names, Map.of())) {
            streams.start();
            send(names, "a", 0, 2);
            await(() -> read(names.forecasts()).size() == 2);
            limit(names.forecasts(), 300);
            send(names, "a", 2, 2);
            var failure = String.valueOf(failures.poll(90, TimeUnit.SECONDS));
            assertTrue(failure.contains("Topic sinking-forecasts does not take"), failure);
        }
        limit(names.forecasts(), 1_000_000);
        try (var streams = streams(names, Map.of())) {
            streams.start();
            await(() -> read(names.forecasts()).size() == 4);
        }
        assertEquals(List.of(), read(names.deadLetters()));
    }

    private static TopicNames create(String prefix) {
        var names = TopicNames.DEFAULT.prefixed(prefix);
        var clients = Clients.of(broker.bootstrapServers());
        try (var admin = new TopicAdmin(clients, new Topics(names));
                var registry = new ModelRegistry(clients, new Topics(names))) {
            admin.create(1, (short) 1);
            registry.publish(Rig.model(1));
            registry.activate(Rig.model(1).id(), 0);
        }
        return names;
    }

    private static void limit(String topic, int bytes) throws Exception {
        try (var admin = Clients.of(broker.bootstrapServers()).admin()) {
            var set = new AlterConfigOp(
                    new ConfigEntry("max.message.bytes", String.valueOf(bytes)), AlterConfigOp.OpType.SET);
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            assertTrue(admin.incrementalAlterConfigs(Map.of(resource, List.of(set)))
                    .all()
                    .thenApply(unused -> true)
                    .get());
        }
    }

    private GatecastStreams streams(TopicNames names, Map<String, String> more) {
        var prefix = names.ticks().replace("ticks", "");
        var settings = new TopologySettings(
                new TopologySettings.Instance(prefix + "app", directory.resolve("state"), ""),
                names,
                TopologySettings.Input.DEFAULT,
                new TopologySettings.Tuning(1, Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(5), 5),
                ForecasterSettings.DEFAULT);
        return new GatecastStreams(
                settings,
                Formats.of(Rig.KEYED, Format.AVRO),
                new Clients(broker.bootstrapServers(), more),
                1,
                ForecastListener.NONE,
                failures::add);
    }

    private static void send(TopicNames names, String entity, int hour, int ticks) {
        for (int i = hour; i < hour + ticks; i++) {
            send(names, Rig.bytes(entity), Rig.bytes("{\"value\": " + (double) i + "}"), START + i * HOUR);
        }
    }

    private static void send(TopicNames names, byte[] key, byte[] value) {
        send(names, key, value, START);
    }

    private static void send(TopicNames names, byte[] key, byte[] value, long time) {
        try (var producer = Clients.of(broker.bootstrapServers()).producer()) {
            var sent = producer.send(new ProducerRecord<>(names.ticks(), 0, time, key, value));
            producer.flush();
            assertTrue(sent.isDone());
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        var partition = new TopicPartition(topic, 0);
        try (var consumer = Clients.of(broker.bootstrapServers()).consumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited for two minutes");
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
