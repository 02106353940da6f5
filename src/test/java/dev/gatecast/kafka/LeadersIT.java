package dev.gatecast.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.broker.LocalBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LeadersIT {
    /** Without the wait about one topic in three loses a batch. */
    private static final int TOPICS = 12;

    private static final int PARTITIONS = 3;
    private static final byte[] VALUE =
            "a value of some length, so that many batches are under way".getBytes(StandardCharsets.UTF_8);

    @Test
    void whatIsWrittenToATopicJustMadeArrives() throws Exception {
        try (var broker = LocalBroker.startTemporary(0)) {
            var clients = new Clients(
                    broker.bootstrapServers(),
                    Map.of("producer.delivery.timeout.ms", "16000", "producer.request.timeout.ms", "15000"));
            for (var i = 0; i < TOPICS; i++) {
                var topic = "new-" + i;
                create(clients, topic);
                assertEquals(0, lost(clients, topic), topic);
            }
        }
    }

    private static void create(Clients clients, String topic) throws Exception {
        try (var admin = clients.admin()) {
            var made = admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)));
            var unused = made.all().get();
            Leaders.await(
                    admin,
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(partition -> new TopicPartition(topic, partition))
                            .toList());
        }
    }

    private static int lost(Clients clients, String topic) {
        var lost = new AtomicInteger();
        try (var producer = clients.producer()) {
            for (var i = 0; i < 15_000; i++) {
                var unused = producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, VALUE), (sent, error) -> {
                    if (error != null) {
                        lost.incrementAndGet();
                    }
                });
            }
            producer.flush();
        }
        return lost.get();
    }
}
