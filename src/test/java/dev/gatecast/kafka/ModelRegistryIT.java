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
import dev.gatecast.forecast.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ModelRegistryIT {
    private static final Model FIRST = Publishing.model(1);
    private static final Model SECOND = Publishing.model(2);
    private static final String A = FIRST.id();
    private static final String B = SECOND.id();

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
    void publishesActivatesAndRollsBack() {
        try (var registry = registry("life-", 3)) {
            registry.publish(FIRST);
            registry.publish(FIRST);
            registry.publish(SECOND);
            assertEquals(
                    List.of(A, B),
                    registry.models().stream().map(ModelEntry::id).toList());
            assertArrayEquals(new ModelCodec().encode(FIRST), registry.model(A).orElseThrow());
            assertTrue(registry.current().isEmpty());

            var first = registry.activate(A, 1_000);
            var second = registry.activate(B, 2_000);
            var third = registry.rollback(1_500);
            assertEquals(new Activation(A, 1_000, 1, ""), first);
            assertEquals(new Activation(B, 2_000, 2, A), second);
            assertEquals(new Activation(A, 2_000, 3, B), third);
            assertEquals(List.of(first, second, third), registry.history());
            assertEquals(Optional.of(third), registry.current());
        }
    }

    @Test
    void writesOneCopyPerPartitionAtTheTimeItTakesEffect() {
        try (var registry = registry("copies-", 4);
                var admin = new TopicAdmin(clients(), new Topics(TopicNames.DEFAULT.prefixed("copies-")))) {
            registry.publish(FIRST);
            long farAhead = 4_000_000_000_000L;
            var activation = registry.activate(A, farAhead);
            for (int i = 0; i < 4; i++) {
                var copies = new ArrayList<Activation>();
                new CommittedLog(clients(), admin).forEach(new TopicPartition("copies-activations", i), record -> {
                    assertEquals(farAhead, record.timestamp());
                    copies.add(decode(record.value()));
                });
                assertEquals(List.of(activation), copies);
            }
        }
    }

    @Test
    void refusesAModelThatTheTopicDoesNotTake() {
        try (var registry = registry("large-", 1)) {
            var error = assertThrows(KafkaProblem.class, () -> registry.publish(A, new byte[17 << 20]));
            assertSays("The model has up to 17825792 bytes; topic 'large-models' takes at most 16776960", error);
            assertSays("max.message.bytes=17826304", error);
            registry.publish(A, randomBytes((16 << 20) - 256));
            assertEquals(1, registry.models().size());
        }
    }

    @Test
    void refusesAnUnknownModelAndATimeBeforeTheNewestActivation() {
        try (var registry = registry("refuse-", 1)) {
            assertSays("is not on topic", assertThrows(KafkaProblem.class, () -> registry.activate(A, 5)));
            assertSays("64 hexadecimal digits", assertThrows(KafkaProblem.class, () -> registry.activate("x", 5)));
            assertSays("no earlier model", assertThrows(KafkaProblem.class, () -> registry.rollback(5)));
            registry.publish(FIRST);
            registry.activate(A, 5);
            assertSays("cannot take effect before", assertThrows(KafkaProblem.class, () -> registry.activate(A, 4)));
            assertSays("no earlier model", assertThrows(KafkaProblem.class, () -> registry.rollback(5)));
            assertEquals(1, registry.history().size());
        }
    }

    @Test
    void activatesNoBytesThatAreNoModel() {
        try (var registry = registry("corrupt-", 1)) {
            var corrupt = "a".repeat(64);
            registry.publish(corrupt, randomBytes(400_000));
            assertSays("cannot be read", assertThrows(KafkaProblem.class, () -> registry.activate(corrupt, 5)));
            var other = "b".repeat(64);
            registry.publish(other, new ModelCodec().encode(FIRST));
            assertSays("bytes of model " + A, assertThrows(KafkaProblem.class, () -> registry.activate(other, 5)));
            assertEquals(List.of(), registry.history());
        }
    }

    @Test
    void saysWhichTopicIsMissing() {
        var topics = new Topics(TopicNames.DEFAULT.prefixed("nowhere-"));
        try (var registry = new ModelRegistry(clients(), topics)) {
            assertSays("Topic 'nowhere-models' does not exist", assertThrows(KafkaProblem.class, registry::models));
        }
    }

    private static ModelRegistry registry(String prefix, int partitions) {
        var topics = new Topics(TopicNames.DEFAULT.prefixed(prefix));
        try (var admin = new TopicAdmin(clients(), topics)) {
            admin.create(partitions, (short) 1);
        }
        return new ModelRegistry(clients(), topics);
    }

    private static Clients clients() {
        return Clients.of(broker.bootstrapServers());
    }

    private static Activation decode(byte[] bytes) {
        try {
            return new ActivationCodec().decode(bytes);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] randomBytes(int length) {
        var bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static void assertSays(String expected, Exception error) {
        var message = String.valueOf(error.getMessage());
        assertTrue(message.contains(expected), message);
    }
}
