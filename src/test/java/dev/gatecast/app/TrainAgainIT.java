package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.kafka.Clients;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Training again and again, with a search before, in a process of its own. */
class TrainAgainIT {
    private static final long START = 982_540_800_000L;
    private static final long HOUR = 3_600_000;

    private static LocalBroker broker;

    @BeforeAll
    static void start() {
        broker = LocalBroker.startTemporary(0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static String[] train(String topics, String... options) {
        var all = new ArrayList<>(List.of("train"));
        all.addAll(List.of(options));
        all.addAll(settings(topics));
        return all.toArray(String[]::new);
    }

    private static List<String> settings(String topics) {
        return List.of(
                "--set", "bootstrap.servers=" + broker.bootstrapServers(),
                "--set", "topics.ticks=" + topics + "-ticks",
                "--set", "topics.models=" + topics + "-models",
                "--set", "topics.activations=" + topics + "-activations",
                "--set", "topics.forecasts=" + topics + "-forecasts",
                "--set", "topics.alerts=" + topics + "-alerts",
                "--set", "topics.dead-letters=" + topics + "-dead-letters",
                "--set", "cadence=PT1H",
                "--set", "seasons=24",
                "--set", "horizon=4",
                "--set", "train.hidden=8",
                "--set", "train.units=8",
                "--set", "train.iterations=30");
    }

    private static void create(String topics) {
        var all = new ArrayList<>(List.of("topics", "create"));
        all.addAll(settings(topics));
        assertEquals(0, Run.of(all.toArray(String[]::new)).exit());
    }

    private static void send(String topics, int from, int to) {
        var random = new Random(from);
        try (var producer = Clients.of(broker.bootstrapServers()).producer()) {
            for (int hour = from; hour < to; hour++) {
                for (var entity : List.of("a", "b")) {
                    double value = 100 + 20 * Math.sin(2 * Math.PI * hour / 24) + random.nextGaussian();
                    var unused = producer.send(new ProducerRecord<>(
                            topics + "-ticks",
                            null,
                            START + hour * HOUR,
                            entity.getBytes(StandardCharsets.UTF_8),
                            ("{\"value\": " + value + "}").getBytes(StandardCharsets.UTF_8)));
                }
            }
            producer.flush();
        }
    }

    @Test
    void searchesOnceAndTrainsWithWhatItFoundFromThenOn() throws Exception {
        create("again");
        send("again", 0, 900);
        try (var child = Child.start(train("again", "--every", "PT1S", "--tune", "0.1"))) {
            child.awaitLine("training took", 1, 90);
            assertEquals(1, child.count("tuning chose: train.hidden="), child::output);
            send("again", 900, 1_000);
            child.awaitLine("training took", 2, 90);
            assertEquals(1, child.count("tuning chose: train.hidden="), child::output);
            child.signal("TERM");
            child.waitFor(20);
        }
    }

    @Test
    void aStopEndsASearchAtOnce() throws Exception {
        create("stopped");
        send("stopped", 0, 900);
        try (var child = Child.start(train("stopped", "--every", "PT1H", "--tune", "6000"))) {
            child.awaitLine("linear start under", 1, 60);
            long before = System.nanoTime();
            child.signal("TERM");
            child.waitFor(30);
            assertTrue(System.nanoTime() - before < 15_000_000_000L, "a trial of this search takes minutes");
            assertTrue(child.output().endsWith("stopped"), child::output);
        }
    }
}
