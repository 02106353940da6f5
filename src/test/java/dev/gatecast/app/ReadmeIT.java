package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.kafka.Clients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands for an own cluster with the README's configuration, as they stand there but for the address. */
@Timeout(value = 400, unit = TimeUnit.SECONDS)
class ReadmeIT {
    private static final String ADDRESS = "localhost:9092";
    private static final long HOUR = 3_600_000L;
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final int ENTITIES = 4;

    private static LocalBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        broker = LocalBroker.startTemporary(0);
        try (var admin = Clients.of(broker.bootstrapServers()).admin()) {
            admin.createTopics(List.of(new NewTopic("sensor-readings", 3, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void anOwnClusterIsSetUpCheckedServedAndTrainedOn() throws Exception {
        configure();
        var created = Run.of(words("./gatecast topics create"));
        assertEquals(0, created.exit(), created::err);
        var checked = Run.of(words("./gatecast check"));
        assertEquals(0, checked.exit(), checked::err);
        assertTrue(checked.out().contains("topics: good"), checked::out);
        try (var serving = Child.start(words("./gatecast serve", "http.port=0"));
                var training = Child.start(words("./gatecast train", "train.hidden=4", "train.iterations=20"))) {
            serving.awaitLine("dashboard: http://", 1, 120);
            training.awaitLine("This training failed, the next starts in at most PT5S", 1, 120);
            send(0, 50 * 24);
            training.awaitLine("is used from", 1, 120);
            training.awaitLine("No tick has come since the last training", 1, 120);
            send(50 * 24, 60 * 24);
            training.awaitLine("of 4 entities to train on", 2, 120);
            assertStops(training);
            assertEquals(1, training.count("stopped"), training::output);
            assertStops(serving);
        }
    }

    /** The README's properties, with this broker and this test's folder. */
    private void configure() throws IOException {
        var block = Readme.blocks("properties").get(0);
        assertTrue(block.contains("bootstrap.servers=" + ADDRESS), block);
        var text = block.replace(ADDRESS, broker.bootstrapServers()) + "data.dir=" + folder + "\n";
        Files.writeString(folder.resolve("gatecast.properties"), text);
    }

    /** The arguments of the README's only command that begins so, with settings of the test's own. */
    private String[] words(String start, String... settings) {
        var found = Readme.commands().stream()
                .filter(command -> command.startsWith(start))
                .toList();
        assertEquals(1, found.size(), found::toString);
        var words = new ArrayList<String>();
        for (var word : found.get(0).split(" ", -1)) {
            words.add(
                    switch (word) {
                        case "gatecast.properties" -> folder.resolve(word).toString();
                        case "PT6H" -> "PT5S";
                        default -> word.replace(ADDRESS, broker.bootstrapServers());
                    });
        }
        words.remove(0);
        Arrays.stream(settings).forEach(setting -> words.addAll(List.of("--set", setting)));
        return words.toArray(String[]::new);
    }

    private static void send(int from, int until) {
        try (var producer = Clients.of(broker.bootstrapServers()).producer()) {
            for (int row = from; row < until; row++) {
                for (int entity = 0; entity < ENTITIES; entity++) {
                    double wave = Math.sin(2 * Math.PI * (row + entity) / 24.0) + 0.3 * Math.sin(row * 7.3 + entity);
                    var value = "{\"temperature\": " + (20 + 5 * wave) + "}";
                    var unused = producer.send(new ProducerRecord<>(
                            "sensor-readings", null, START + row * HOUR, bytes("sensor-" + entity), bytes(value)));
                }
            }
            producer.flush();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertStops(Child child) throws Exception {
        child.signal("TERM");
        assertEquals(143, child.waitFor(60), child::output);
        assertFalse(child.output().contains("\tat "), child::output);
    }
}
