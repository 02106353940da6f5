package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.ForecastCodec;
import dev.gatecast.codec.Format;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Model;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.kafka.TopicAdmin;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.kafka.Topics;
import dev.gatecast.source.TickSource;
import dev.gatecast.topology.ForecastListener;
import dev.gatecast.topology.Formats;
import dev.gatecast.topology.GatecastStreams;
import dev.gatecast.topology.TopologySettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forecasts that the live topology wrote to its topic beside those that a backtest makes: their bytes, by entity. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
abstract class EqualsLive {
    static final long HOUR = 3_600_000L;
    static final long START = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();

    @SuppressWarnings("NullAway.Init")
    static Clients clients;

    @SuppressWarnings("NullAway.Init")
    private static LocalBroker broker;

    private static final ForecastCodec FORECASTS = new ForecastCodec(Format.AVRO);

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void startBroker() {
        broker = LocalBroker.startTemporary(0);
        clients = Clients.of(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    static Model named(Model model) {
        return new ModelCodec().name(model.recipe(), model.lineage());
    }

    /** Makes the topics; each model is used from its event time on. */
    static void create(TopicNames names, int partitions, Map<Long, Model> models) {
        try (var admin = new TopicAdmin(clients, new Topics(names))) {
            admin.create(partitions, (short) 1);
        }
        try (var registry = new ModelRegistry(clients, new Topics(names))) {
            for (var use : new TreeMap<>(models).entrySet()) {
                registry.publish(use.getValue());
                registry.activate(use.getValue().id(), use.getKey());
            }
        }
    }

    /**
     * Runs the live topology until it has written so many forecasts, stopping and starting it on the way, with a cache so
     * small that states go through their bytes all the time.
     */
    Map<String, List<String>> live(
            TopicNames names,
            int partitions,
            int expected,
            TickFormat format,
            TopologySettings.Input input,
            int restarts) {
        var tuning = new TopologySettings.Tuning(
                1, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMinutes(1), 2);
        var settings = new TopologySettings(
                new TopologySettings.Instance(names.ticks() + "-app", folder.resolve(names.ticks()), ""),
                names,
                input,
                tuning,
                ForecasterSettings.DEFAULT);
        var formats = Formats.of(format, Format.AVRO);
        Map<String, List<String>> written = Map.of();
        for (var run = 1; run <= restarts + 1; run++) {
            try (var streams =
                    new GatecastStreams(settings, formats, clients, partitions, ForecastListener.NONE, failures::add)) {
                streams.start();
                written = written(names.forecasts(), partitions, expected * run / (restarts + 1));
            }
        }
        return written;
    }

    /** The values of a topic's records by key, once there are as many as expected. */
    private Map<String, List<String>> written(String topic, int partitions, int expected) {
        var all = new TreeMap<String, List<String>>();
        try (var consumer = clients.consumer()) {
            var assigned = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            var count = 0;
            while (count < expected) {
                assertTrue(failures.isEmpty(), failures::toString);
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    count++;
                    all.computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), unused -> new ArrayList<>())
                            .add(HexFormat.of().formatHex(record.value()));
                }
            }
        }
        return all;
    }

    /** A backtest's report and forecasts. */
    record Replayed(Report report, Map<String, List<String>> byEntity) {
        /** Of how many forecasts. */
        int count() {
            return byEntity.values().stream().mapToInt(List::size).sum();
        }
    }

    static Replayed replay(BacktestSettings settings, Supplier<TickSource> source, Models models) {
        var all = new TreeMap<String, List<String>>();
        var report = new Backtest(settings, source, (stage, share, ticks) -> {})
                .run(models, List.of(), forecast -> all.computeIfAbsent(forecast.entity(), unused -> new ArrayList<>())
                        .add(HexFormat.of().formatHex(FORECASTS.encode(forecast))));
        return new Replayed(report, all);
    }

    static void assertSame(Map<String, List<String>> live, Map<String, List<String>> replayed) {
        assertFalse(live.isEmpty());
        assertEquals(live.keySet(), replayed.keySet());
        live.forEach((entity, forecasts) -> {
            var others = replayed.getOrDefault(entity, List.of());
            assertEquals(forecasts.size(), others.size(), entity);
            for (var i = 0; i < forecasts.size(); i++) {
                assertEquals(forecasts.get(i), others.get(i), entity + " at " + i);
            }
        });
    }
}
