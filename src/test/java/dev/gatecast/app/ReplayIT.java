package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.Decoded;
import dev.gatecast.codec.TickCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
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
        for (var record : records(config)) {
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
        var settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "topics.ticks",
                "resumed",
                "ticks.fields",
                "departures");
        assertEquals(0, Run.of(arguments(settings, "topics", "create")).exit());
        assertSent(480, arguments(settings, "replay", "--until", "2001-01-02", "--speed", "max", "--resume"));
        // the last hour of the 20 airports, which may be incomplete, and a day
        assertSent(20 + 480, arguments(settings, "replay", "--until", "2001-01-03", "--speed", "max", "--resume"));
        assertSent(0, arguments(settings, "replay", "--until", "2001-01-02", "--speed", "max", "--resume"));
    }

    private static void assertSent(int ticks, String... arguments) {
        var run = Run.of(arguments);
        assertEquals(0, run.exit(), run::err);
        assertTrue(run.out().endsWith(ticks + " ticks sent\n"), run::out);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(GatecastConfig config) {
        var cluster = Cluster.of(config);
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = cluster.clients().consumer()) {
            var partitions = IntStream.range(0, config.whole("topics.partitions"))
                    .mapToObj(i -> new TopicPartition(config.text("topics.ticks"), i))
                    .toList();
            consumer.assign(partitions);
            while (records.size() < 480) {
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
