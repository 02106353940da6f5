package dev.gatecast.topology;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.kafka.TopicAdmin;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A real broker, with hands to put records in and to take committed ones out; all topics have one partition. */
record Live(LocalBroker broker) implements AutoCloseable {
    static Live start() {
        return new Live(LocalBroker.startTemporary(0));
    }

    Clients clients() {
        return Clients.of(broker.bootstrapServers());
    }

    /** Topics of their own, with a model that is active from the beginning of time. */
    TopicNames create(String prefix) {
        var names = TopicNames.DEFAULT.prefixed(prefix);
        try (var admin = new TopicAdmin(clients(), new Topics(names));
                var registry = new ModelRegistry(clients(), new Topics(names))) {
            admin.create(1, (short) 1);
            registry.publish(Rig.model(1));
            registry.activate(Rig.model(1).id(), 0);
        }
        return names;
    }

    @SuppressWarnings("NullAway") // what comes from outside may be null
    void send(TopicNames names, byte @Nullable [] key, byte @Nullable [] value, long time) {
        try (var producer = clients().producer()) {
            var sent = producer.send(new ProducerRecord<>(names.ticks(), 0, time, key, value));
            producer.flush();
            assertTrue(sent.isDone());
        }
    }

    /** All committed records of a topic. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        var partition = new TopicPartition(topic, 0);
        try (var consumer = clients().consumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited for two minutes");
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
