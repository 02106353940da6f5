package dev.gatecast.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TopicAdminIT {
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
    void createsEveryTopicOnceAndFindsNothingWrongWithThem() {
        var topics = new Topics(TopicNames.DEFAULT.prefixed("fresh-"));
        try (var admin = new TopicAdmin(clients(), topics)) {
            assertEquals(6, admin.verify().size());
            var created = admin.create(3, (short) 1);
            assertTrue(created.stream().allMatch(TopicAdmin.Outcome::created));
            assertEquals(List.of(), admin.verify());
            assertEquals(OptionalInt.of(1), admin.partitions("fresh-models"));
            assertEquals(OptionalInt.of(3), admin.partitions("fresh-activations"));
            var again = admin.create(5, (short) 1);
            assertTrue(again.stream().noneMatch(TopicAdmin.Outcome::created));
            assertEquals(3, again.get(0).partitions());
        }
    }

    @Test
    void takesTheNumberOfPartitionsFromTicksThatExist() throws Exception {
        createRaw("own-ticks", 7, Map.of());
        var topics = new Topics(TopicNames.DEFAULT.prefixed("own-"));
        try (var admin = new TopicAdmin(clients(), topics)) {
            admin.create(2, (short) -1);
            assertEquals(OptionalInt.of(7), admin.partitions("own-activations"));
            assertEquals(List.of(), admin.verify());
        }
    }

    @Test
    void namesEachWrongTopicAndWhatToDo() throws Exception {
        createRaw("bad-ticks", 2, Map.of("cleanup.policy", "compact"));
        createRaw("bad-activations", 3, Map.of("retention.ms", "604800000"));
        createRaw("bad-models", 2, Map.of("cleanup.policy", "delete"));
        createRaw("bad-forecasts", 1, Map.of());
        createRaw("bad-alerts", 1, Map.of());
        var topics = new Topics(TopicNames.DEFAULT.prefixed("bad-"));
        try (var admin = new TopicAdmin(clients(), topics)) {
            var problems = String.join("\n", admin.verify());
            assertContains("Topic 'bad-dead-letters' does not exist. Create it with: gatecast topics create", problems);
            assertContains("Topic 'bad-ticks' has cleanup.policy=compact, expected delete", problems);
            assertContains("Topic 'bad-models' has 2 partitions, expected 1", problems);
            assertContains("Topic 'bad-models' has cleanup.policy=delete, expected compact", problems);
            assertContains("Topic 'bad-activations' has 3 partitions, expected 2 like topic 'bad-ticks'", problems);
            assertContains("Topic 'bad-activations' has retention.ms=604800000, expected -1", problems);
        }
    }

    @Test
    void knowsTheNewestTick() {
        var topics = new Topics(TopicNames.DEFAULT.prefixed("new-"));
        try (var admin = new TopicAdmin(clients(), topics)) {
            admin.create(2, (short) 1);
            assertEquals(OptionalLong.empty(), admin.newestTickTime());
            try (var producer = clients().producer()) {
                var sent = List.of(
                        producer.send(new ProducerRecord<>("new-ticks", 0, 5_000L, new byte[1], new byte[1])),
                        producer.send(new ProducerRecord<>("new-ticks", 1, 9_000L, new byte[1], new byte[1])),
                        producer.send(new ProducerRecord<>("new-ticks", 0, 4_000L, new byte[1], new byte[1])));
                producer.flush();
                assertTrue(sent.stream().allMatch(answer -> answer.isDone()));
            }
            assertEquals(OptionalLong.of(9_000L), admin.newestTickTime());
        }
    }

    @Test
    void saysThatNoBrokerAnswers() {
        var settings = new HashMap<String, String>();
        settings.put("admin.default.api.timeout.ms", "800");
        settings.put("kafka.request.timeout.ms", "400");
        settings.put("admin.request.timeout.ms", "400");
        var clients = new Clients("127.0.0.1:1", settings);
        try (var admin = new TopicAdmin(clients, new Topics(TopicNames.DEFAULT))) {
            var error = assertThrows(KafkaProblem.class, admin::verify);
            assertContains("127.0.0.1:1", String.valueOf(error.getMessage()));
        }
    }

    private static void assertContains(String expected, String text) {
        assertTrue(text.contains(expected), () -> "expected '" + expected + "' in: " + text);
    }

    private static Clients clients() {
        return Clients.of(broker.bootstrapServers());
    }

    private static void createRaw(String name, int partitions, Map<String, String> settings) throws Exception {
        try (var admin = clients().admin()) {
            var topic = new NewTopic(name, partitions, (short) 1).configs(settings);
            var created = admin.createTopics(List.of(topic)).all();
            assertNull(created.get());
        }
    }
}
