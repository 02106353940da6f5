package dev.gatecast.topology;

import static dev.gatecast.topology.Rig.HOUR;
import static dev.gatecast.topology.Rig.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.Format;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    private static Live live;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final LinkedBlockingQueue<String> failures = new LinkedBlockingQueue<>();

    @BeforeAll
    static void startBroker() {
        live = Live.start();
    }

    @AfterAll
    static void stopBroker() {
        live.close();
    }

    @Test
    void aForecastThatItsTopicDoesNotTakeGoesToTheDeadLettersAndTheRestGoesOn() throws Exception {
        var names = live.create("narrow-");
        limit(names.forecasts(), 300);
        try (var streams = streams(names, Map.of())) {
            streams.start();
            send(names, "a", 0, 3);
            Live.await(() -> streams.metrics().ticks() == 3
                    && live.read(names.deadLetters()).size() == 3);
            assertEquals(0, streams.metrics().forecasts());
            assertEquals(3, streams.metrics().failures());
        }
        var letter = live.read(names.deadLetters()).get(0);
        assertEquals("FAILED", header(letter, DeadLetters.REASON));
        assertTrue(
                header(letter, DeadLetters.MESSAGE).contains("for topic 'narrow-forecasts', which takes at most 100"),
                header(letter, DeadLetters.MESSAGE));
        assertEquals("{\"value\": 0.0}", new String(letter.value(), StandardCharsets.UTF_8));

        limit(names.forecasts(), 1_000_000);
        try (var streams = streams(names, Map.of())) {
            streams.start();
            send(names, "a", 3, 2);
            Live.await(() -> live.read(names.forecasts()).size() == 2);
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    @Test
    void aDeadLetterIsCutToWhatItsTopicTakes() throws Exception {
        var names = live.create("cut-");
        limit(names.deadLetters(), 5_000);
        try (var streams = streams(names, Map.of())) {
            streams.start();
            send(names, Rig.bytes("k".repeat(60_000)), Rig.bytes("x".repeat(700_000)));
            send(names, "a", 0, 1);
            Live.await(() -> streams.metrics().ticks() == 1
                    && live.read(names.deadLetters()).size() == 1);
        }
        var letter = live.read(names.deadLetters()).get(0);
        assertEquals("700000", header(letter, DeadLetters.CUT));
        assertEquals("60000", header(letter, DeadLetters.KEY_CUT));
        assertTrue(letter.value().length > 1_000 && letter.value().length < 5_000);
        assertEquals(List.of(), List.copyOf(failures));
    }

    @Test
    void aChangelogThatTakesNoStateEndsTheApplicationWithAWordOnWhatToDo() throws Exception {
        var names = live.create("changelog-");
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
            Live.await(() -> live.read(names.forecasts()).size() == 1);
        }
    }

    @Test
    void aLimitThatSinksWhileItRunsEndsTheApplicationAndLosesNothing() throws Exception {
        var names = live.create("sinking-");
        try (var streams = streams(names, Map.of())) {
            streams.start();
            send(names, "a", 0, 2);
            Live.await(() -> live.read(names.forecasts()).size() == 2);
            limit(names.forecasts(), 300);
            send(names, "a", 2, 2);
            var failure = String.valueOf(failures.poll(90, TimeUnit.SECONDS));
            assertTrue(failure.contains("Topic sinking-forecasts does not take"), failure);
        }
        limit(names.forecasts(), 1_000_000);
        try (var streams = streams(names, Map.of())) {
            streams.start();
            Live.await(() -> live.read(names.forecasts()).size() == 4);
        }
        assertEquals(List.of(), live.read(names.deadLetters()));
    }

    private static void limit(String topic, int bytes) throws Exception {
        try (var admin = live.clients().admin()) {
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
                new Clients(live.clients().bootstrapServers(), more),
                1,
                ForecastListener.NONE,
                failures::add);
    }

    private static void send(TopicNames names, String entity, int hour, int ticks) {
        for (int i = hour; i < hour + ticks; i++) {
            live.send(names, Rig.bytes(entity), Rig.bytes("{\"value\": " + (double) i + "}"), START + i * HOUR);
        }
    }

    private static void send(TopicNames names, byte[] key, byte[] value) {
        live.send(names, key, value, START);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
