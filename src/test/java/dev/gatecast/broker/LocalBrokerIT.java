package dev.gatecast.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 90, unit = TimeUnit.SECONDS)
class LocalBrokerIT {
    private static final TopicPartition PARTITION = new TopicPartition("words", 0);

    @Test
    void keepsItsRecordsAcrossARestart(@TempDir Path directory) throws Exception {
        try (var broker = LocalBroker.start(directory, 0)) {
            createTopic(broker);
            send(broker, "first", "plain");
            send(broker, "second", "transactional");
            assertEquals(List.of("first", "second"), read(broker));
        }
        try (var broker = LocalBroker.start(directory, 0)) {
            send(broker, "third", "transactional");
            assertEquals(List.of("first", "second", "third"), read(broker));
            assertTrue(broker.fault().isEmpty());
        }
    }

    @Test
    void removesItsTemporaryDirectory() throws Exception {
        var before = temporaryDirectories();
        var broker = LocalBroker.startTemporary(0);
        assertEquals(before.size() + 1, temporaryDirectories().size());
        broker.close();
        broker.close();
        assertEquals(before, temporaryDirectories());
    }

    @Test
    void refusesAPortThatIsInUse() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var error = assertThrows(BrokerException.class, () -> LocalBroker.startTemporary(other.getLocalPort()));
            assertSays("Port " + other.getLocalPort() + " on 127.0.0.1 is in use", error);
        }
    }

    @Test
    void refusesADirectoryOfANewerVersion(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("broker.properties"), "metadata.level=9999\nmetadata.version=7.0-IV1\n");
        var error = assertThrows(BrokerException.class, () -> LocalBroker.start(directory, 0));
        assertSays("was written by a newer broker (metadata version 7.0-IV1", error);
    }

    @Test
    void refusesALogOfANewerVersion(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("log"));
        Files.writeString(directory.resolve("log/meta.properties"), "version=7\nnode.id=1\ncluster.id=abc\n");
        var error = assertThrows(BrokerException.class, () -> LocalBroker.start(directory, 0));
        assertSays("cannot be read by this broker", error);
    }

    @Test
    void refusesADirectoryThatIsAFile(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("file"), "x");
        var error = assertThrows(BrokerException.class, () -> LocalBroker.start(file, 0));
        assertSays(file + " cannot be used", error);
    }

    @Test
    void refusesADirectoryThatIsNotWritable(@TempDir Path directory) throws Exception {
        assertTrue(directory.toFile().setWritable(false));
        assumeFalse(Files.isWritable(directory), "this user may write everywhere");
        var error = assertThrows(BrokerException.class, () -> LocalBroker.start(directory, 0));
        assertSays("is not writable", error);
    }

    @Test
    void refusesADirectoryThatAnotherBrokerUses(@TempDir Path directory) {
        try (var broker = LocalBroker.start(directory, 0)) {
            assertFalse(broker.bootstrapServers().isEmpty());
            var error = assertThrows(BrokerException.class, () -> LocalBroker.start(directory, 0));
            assertSays("in use by another broker", error);
        }
    }

    private static void assertSays(String expected, Exception error) {
        var message = String.valueOf(error.getMessage());
        assertTrue(message.contains(expected), message);
    }

    private static void createTopic(LocalBroker broker) throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            var created = admin.createTopics(List.of(new NewTopic("words", 1, (short) 1)))
                    .all();
            assertNull(created.get());
        }
    }

    private static void send(LocalBroker broker, String word, String way) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", broker.bootstrapServers(), "transactional.id", "way-" + word);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var sent = producer.send(new ProducerRecord<>("words", way, word));
            producer.commitTransaction();
            assertTrue(sent.isDone());
        }
    }

    private static List<String> read(LocalBroker broker) {
        var settings = Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers());
        var words = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            var end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> words.add(record.value()));
            }
        }
        return words;
    }

    private static List<Path> temporaryDirectories() throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(path -> path.getFileName().toString().startsWith("gatecast-broker-"))
                    .sorted()
                    .toList();
        }
    }
}
