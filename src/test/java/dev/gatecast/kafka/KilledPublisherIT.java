package dev.gatecast.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.ActivationCodec;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.forecast.Activation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Publishing, ended at every record that it writes or reads: a model is in use whole, in every partition, or not at all. */
@Timeout(value = 1_200, unit = TimeUnit.SECONDS)
class KilledPublisherIT {
    private static final int PARTITIONS = 2;
    private static final int MOST_EVENTS = 60;
    private static final int KILLED = 137;

    @SuppressWarnings("NullAway.Init")
    private static LocalBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = LocalBroker.startTemporary(0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void leavesNoPartOfAModelInUseWhereverItIsKilled() throws IOException, InterruptedException {
        var topics = topics("killed-");
        var before = new ArrayList<Activation>();
        try (var registry = new ModelRegistry(clients(), topics)) {
            registry.publish(Publishing.model(0));
            before.add(registry.activate(Publishing.model(0).id(), 1_000));
        }
        int kept = 0;
        int orphans = 0;
        int events = 1;
        for (; exit("killed-", events, events) == KILLED; events++) {
            assertTrue(events < MOST_EVENTS, "a publisher does not end");
            new RegistryWriter(clients(), "gatecast-registry-killed-models").write("ending what is open", 0, List::of);
            try (var registry = new ModelRegistry(clients(), topics)) {
                var model = Publishing.model(events);
                var now = committed(topics, 0);
                for (int partition = 1; partition < PARTITIONS; partition++) {
                    assertEquals(now, committed(topics, partition), "killed at event " + events);
                }
                boolean used = now.size() > before.size();
                if (used) {
                    before.add(now.get(now.size() - 1));
                    assertEquals(model.id(), before.get(before.size() - 1).modelId());
                } else {
                    kept++;
                }
                assertEquals(before, now, "killed at event " + events);
                var blob = registry.model(model.id());
                assertTrue(blob.isPresent() || !used, "killed at event " + events);
                blob.ifPresent(bytes -> assertArrayEquals(new ModelCodec().encode(model), bytes));
                orphans += blob.isPresent() && !used ? 1 : 0;
            }
        }
        assertTrue(kept >= 2 * PARTITIONS && orphans >= PARTITIONS, kept + " kept, " + orphans + " published only");
        try (var registry = new ModelRegistry(clients(), topics)) {
            assertEquals(
                    Publishing.model(events).id(),
                    registry.current().orElseThrow().modelId());
        }
    }

    @Test
    void doesNotUseAModelThatReadsBackDamaged() {
        var topics = topics("damaged-");
        var model = Publishing.model(1);
        var settings = Map.of("consumer.interceptor.classes", Publishing.Damaged.class.getName());
        try (var registry = new ModelRegistry(new Clients(broker.bootstrapServers(), settings), topics)) {
            var e = assertThrows(KafkaProblem.class, () -> registry.publish(model));
            assertTrue(String.valueOf(e.getMessage()).contains("reads back with other bytes"), e::toString);
            var again = assertThrows(KafkaProblem.class, () -> registry.publish(model));
            assertTrue(String.valueOf(again.getMessage()).contains("reads back with other bytes"), again::toString);
        }
        try (var registry = new ModelRegistry(clients(), topics)) {
            assertTrue(registry.current().isEmpty());
        }
    }

    /** Runs a publisher that ends at an event, and gives its exit code. */
    private static int exit(String prefix, long seed, int events) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publishing.class.getName(),
                        broker.bootstrapServers(),
                        prefix,
                        Long.toString(seed),
                        Integer.toString(events))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertTrue(process.waitFor(300, TimeUnit.SECONDS), "a publisher hangs");
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<Activation> committed(Topics topics, int partition) {
        var all = new ArrayList<Activation>();
        try (var admin = new TopicAdmin(clients(), topics)) {
            var log = new CommittedLog(clients(), admin);
            log.forEach(new TopicPartition(topics.names().activations(), partition), record -> {
                try {
                    all.add(new ActivationCodec().decode(record.value()));
                } catch (UndecodableException e) {
                    throw new AssertionError(e);
                }
            });
        }
        return all;
    }

    private static Topics topics(String prefix) {
        var topics = Publishing.topics(prefix);
        try (var admin = new TopicAdmin(clients(), topics)) {
            admin.create(PARTITIONS, (short) 1);
        }
        return topics;
    }

    private static Clients clients() {
        return Clients.of(broker.bootstrapServers());
    }
}
