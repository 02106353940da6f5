package dev.gatecast.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.Leaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TopicTicksIT {
    private static final Fields VALUE = new Fields(List.of("value"), List.of("value"));
    private static final TickCodec CODEC = new TickCodec(TickFormat.of(TickFormat.Kind.JSON, List.of("value")));
    private static final int PARTITIONS = 3;

    @SuppressWarnings("NullAway.Init")
    private static LocalBroker broker;

    @SuppressWarnings("NullAway.Init")
    private static Clients clients;

    @BeforeAll
    static void startBroker() {
        broker = LocalBroker.startTemporary(0);
        clients = Clients.of(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** {@code rows} ticks in each partition, whose times interleave. */
    private static void write(String topic, int from, int rows) throws Exception {
        try (var producer = clients.producer()) {
            for (var row = from; row < from + rows; row++) {
                for (var partition = 0; partition < PARTITIONS; partition++) {
                    var time = 1_000_000L + 10L * row + 5L * partition;
                    var value = CODEC.encode(new Tick("e" + partition, time, new double[] {row}));
                    var unused =
                            producer.send(new ProducerRecord<>(topic, partition, time, key("e" + partition), value));
                }
            }
            producer.flush();
        }
    }

    private static byte[] key(String entity) {
        return entity.getBytes(StandardCharsets.UTF_8);
    }

    private static void create(String topic) throws Exception {
        try (var admin = clients.admin()) {
            var settings = Map.of("retention.ms", "-1");
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1).configs(settings)))
                    .all()
                    .get();
            var partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(i -> new TopicPartition(topic, i))
                    .toList();
            Leaders.await(admin, partitions);
        }
    }

    private static List<SourcedTick> read(TopicRange range) {
        try (var ticks = TopicTicks.open(clients, range, CODEC, VALUE)) {
            var all = new ArrayList<SourcedTick>();
            for (var tick = ticks.next(); tick != null; tick = ticks.next()) {
                all.add(tick);
            }
            assertEquals(1.0, ticks.progress());
            assertEquals(0, ticks.rejected());
            return all;
        }
    }

    @Test
    void readsEverythingMergedByTimeUpToTheEndTakenAtTheStart() throws Exception {
        create("whole");
        write("whole", 0, 5_000);
        var range = TopicRange.now(clients, "whole", TopicRange.Times.ALL);
        assertEquals(15_000, range.length());
        write("whole", 5_000, 10);
        var all = read(range);
        assertEquals(15_000, all.size());
        for (var i = 1; i < all.size(); i++) {
            assertTrue(all.get(i - 1).tick().time() <= all.get(i).tick().time(), "out of order at " + i);
        }
        assertEquals("whole/2/4999", all.get(14_999).origin().toString());
        assertEquals(4_999, all.get(14_999).row());
        assertEquals(
                all.stream().map(SourcedTick::origin).toList(),
                read(range).stream().map(SourcedTick::origin).toList());
    }

    @Test
    void readsTheTimesThatAreWanted() throws Exception {
        create("times");
        write("times", 0, 100);
        var range = TopicRange.now(clients, "times", new TopicRange.Times(1_000_500L, 1_000_600L));
        var skipping = range.skipping(clients);
        assertEquals(30, read(range).size());
        assertEquals(
                read(range).stream().map(SourcedTick::tick).map(Tick::time).toList(),
                read(skipping).stream().map(SourcedTick::tick).map(Tick::time).toList());
        assertTrue(skipping.length() < range.length(), skipping.toString());
    }

    @Test
    void goesOnWhereRecordsWereDeleted() throws Exception {
        create("deleted");
        write("deleted", 0, 50);
        var range = TopicRange.now(clients, "deleted", TopicRange.Times.ALL);
        try (var admin = clients.admin()) {
            var upTo = Map.of(
                    new TopicPartition("deleted", 0), RecordsToDelete.beforeOffset(20),
                    new TopicPartition("deleted", 1), RecordsToDelete.beforeOffset(50));
            admin.deleteRecords(upTo).all().get();
        }
        assertEquals(30 + 50, read(range).size());
        assertEquals(
                80, TopicRange.now(clients, "deleted", TopicRange.Times.ALL).length());
    }

    private static void send(
            Producer<byte[], byte[]> producer, int partition, byte @Nullable [] key, byte @Nullable [] value) {
        var unused = producer.send(new ProducerRecord<byte[], byte[]>("bad", partition, 5L, key, value));
    }

    @Test
    void countsWhatIsNoTick() throws Exception {
        create("bad");
        write("bad", 0, 1);
        try (var producer = clients.producer()) {
            send(producer, 0, key("e0"), key("{"));
            send(producer, 1, null, key("{\"value\":1}"));
            send(producer, 2, key("e2"), null);
            producer.flush();
        }
        var range = TopicRange.now(clients, "bad", TopicRange.Times.ALL);
        try (var ticks = TopicTicks.open(clients, range, CODEC, VALUE)) {
            var history = History.read(ticks, History.Limits.DEFAULT);
            assertEquals(3, history.ticks());
            assertEquals(
                    Map.of(Rejection.UNDECODABLE, 1L, Rejection.NULL_KEY, 1L, Rejection.NULL_VALUE, 1L),
                    ticks.rejections().counts());
            assertTrue(ticks.rejections().messages().get(0).contains("bad/"), "says where");
        }
    }

    @Test
    void anEmptyTopicHasNoTicksAndAMissingOneIsRefused() throws Exception {
        create("empty");
        assertEquals(List.of(), read(TopicRange.now(clients, "empty", TopicRange.Times.ALL)));
        var refusal = assertThrows(BadSource.class, () -> TopicRange.now(clients, "absent", TopicRange.Times.ALL));
        assertTrue(String.valueOf(refusal.getMessage()).contains("gatecast topics create"));
    }
}
