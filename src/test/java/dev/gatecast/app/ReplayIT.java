package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.Decoded;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.event.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayIT {
    private static LocalBroker broker;

    @BeforeAll
    static void start() {
        broker = LocalBroker.startTemporary(0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "avro"})
    void aDayOfTheShippedDataArrivesInEachFormat(String format) {
        var settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "topics.ticks",
                "ticks-" + format,
                "ticks.format",
                format,
                "ticks.fields",
                "mean_arrival_delay,departures",
                "ticks.targets",
                "departures");
        assertEquals(0, Run.of(arguments(settings, "topics", "create")).exit());
        var run = Run.of(arguments(settings, "replay", "--until", "2001-01-02", "--speed", "max"));
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().endsWith("480 ticks sent\n"), run::out);

        var config = GatecastConfig.of(settings);
        var codec = new TickCodec(TickSettings.format(config));
        var departures = 0.0;
        for (var record : records(config, 480)) {
            var tick = ((Decoded.Good) codec.decode(record.key(), record.value(), record.timestamp())).tick();
            departures += tick.values()[0];
        }
        assertEquals(
                DemoData.ticks(DemoData.FIELDS).stream()
                        .limit(480)
                        .mapToDouble(tick -> tick.values()[0])
                        .sum(),
                departures);
    }

    @Test
    void aMissingTopicAndForeignFieldsAreTheUsersErrors() {
        var servers = "bootstrap.servers=" + broker.bootstrapServers();
        var foreign = Run.of("replay", "--set", servers);
        assertEquals(2, foreign.exit());
        assertTrue(foreign.err().contains("departures,mean_arrival_delay,late"), foreign::err);
        var missing =
                Run.of("replay", "--set", servers, "--set", "ticks.fields=departures", "--set", "topics.ticks=nowhere");
        assertEquals(2, missing.exit());
        assertTrue(missing.err().contains("topic nowhere does not exist"), missing::err);
    }

    @Test
    void aReplayGoesOnWhereTheLastOneStopped() {
        var settings = topic("resumed");
        assertSent(480, arguments(settings, "replay", "--until", "2001-01-02", "--speed", "max", "--resume"));
        assertSent(480, arguments(settings, "replay", "--until", "2001-01-03", "--speed", "max", "--resume"));
        assertSent(0, arguments(settings, "replay", "--until", "2001-01-02", "--speed", "max", "--resume"));
    }

    /** As after a kill: one partition ends days before the other, and both within an hour. */
    @Test
    void aReplayWhosePartitionsEndApartSendsEveryMissingTickOnce() {
        var settings = topic("apart");
        var config = GatecastConfig.of(settings);
        var all = DemoData.ticks(TickSettings.fields(config)).stream()
                .limit(4 * 480)
                .toList();
        var first = new ArrayList<Tick>();
        var second = new ArrayList<Tick>();
        all.forEach(tick -> (partition(tick) == 0 ? first : second).add(tick));
        var left = new ArrayList<>(first.subList(0, first.size() / 4 + 1));
        left.addAll(second.subList(0, second.size() / 2 + 1));
        try (var stop = new StopSignal("test");
                var sender = new TickSender(Cluster.of(config), TickSettings.codec(config), stop)) {
            sender.send(left, new Pace(0));
        }
        var missing = all.size() - left.size();
        assertSent(missing, arguments(settings, "replay", "--until", "2001-01-05", "--speed", "max", "--resume"));
        var codec = new TickCodec(TickSettings.format(config));
        var sent = new TreeSet<String>();
        for (var record : records(config, all.size())) {
            var tick = ((Decoded.Good) codec.decode(record.key(), record.value(), record.timestamp())).tick();
            assertTrue(sent.add(tick.entity() + " " + tick.time()), "twice: " + tick);
        }
        assertEquals(all.size(), sent.size());
    }

    private static int partition(Tick tick) {
        return Utils.toPositive(Utils.murmur2(tick.entity().getBytes(StandardCharsets.UTF_8))) % 2;
    }

    private static Map<String, String> topic(String name) {
        var settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "topics.ticks",
                name,
                "topics.partitions",
                "2",
                "ticks.fields",
                "departures");
        assertEquals(0, Run.of(arguments(settings, "topics", "create")).exit());
        return settings;
    }

    private static void assertSent(int ticks, String... arguments) {
        var run = Run.of(arguments);
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().endsWith(ticks + " ticks sent\n"), run::out);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(GatecastConfig config, int count) {
        var cluster = Cluster.of(config);
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = cluster.clients().consumer()) {
            var partitions = IntStream.range(0, config.whole("topics.partitions"))
                    .mapToObj(i -> new TopicPartition(config.text("topics.ticks"), i))
                    .toList();
            consumer.assign(partitions);
            while (records.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    private static String[] arguments(Map<String, String> settings, String... command) {
        var all = new ArrayList<>(List.of(command));
        settings.forEach((key, value) -> all.addAll(List.of("--set", key + "=" + value)));
        return all.toArray(String[]::new);
    }
}
