package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.backtest.BacktestSettings.Data;
import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.backtest.BacktestSettings.Steps;
import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.ForecastCodec;
import dev.gatecast.codec.Format;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.codec.TimeFormat;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.feature.BarSpec;
import dev.gatecast.feature.BarSpec.Fill;
import dev.gatecast.feature.BarSpec.Rule;
import dev.gatecast.forecast.Bars;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Model;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.kafka.TopicAdmin;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.kafka.Topics;
import dev.gatecast.source.BarTicks;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.source.Fields;
import dev.gatecast.source.TickSource;
import dev.gatecast.source.TopicRange;
import dev.gatecast.source.TopicTicks;
import dev.gatecast.topology.ForecastListener;
import dev.gatecast.topology.Formats;
import dev.gatecast.topology.GatecastStreams;
import dev.gatecast.topology.TopologySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ticks at odd times, some late, some too late, with gaps: the bars that the live topology makes of them, restarted again and
 * again in the middle of bars, give the bytes that a backtest of the topic and one of a file give.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class BarsEqualLiveIT {
    private static final TickFormat TICKS = TickFormat.of(TickFormat.Kind.JSON, List.of("value"));
    private static final Fields VALUE = new Fields(List.of("value"), List.of("value"));
    private static final ForecastCodec FORECASTS = new ForecastCodec(Format.AVRO);
    private static final long HOUR = 3_600_000L;
    private static final long START = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();
    private static final int PARTITIONS = 2;
    private static final int ENTITIES = 6;
    private static final int TICK_COUNT = 4_000;
    private static final long GRACE = HOUR / 3;

    @SuppressWarnings("NullAway.Init")
    private static LocalBroker broker;

    @SuppressWarnings("NullAway.Init")
    private static Clients clients;

    @TempDir
    private Path folder;

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

    @Test
    void withGaps() {
        same(Fill.NONE, Rule.SUM, 0);
    }

    @Test
    void withGapsFilledThroughRestartsInTheMiddleOfBars() {
        same(Fill.SEASON, Rule.MEAN, 3);
    }

    private void same(Fill fill, Rule rule, int restarts) {
        var names = TopicNames.DEFAULT.prefixed(fill.name().toLowerCase(Locale.ROOT) + "-");
        var spec = new BarSpec(HOUR, GRACE, List.of(rule), fill, 5);
        var model = model();
        prepare(names, model, ticks(7, true));
        var range = TopicRange.now(clients, names.ticks(), TopicRange.Times.ALL);
        var replayed = replay(() -> bars(TopicTicks.open(clients, range, new TickCodec(TICKS), VALUE), spec), model);
        var late = replayed.report().refused.counts().getOrDefault(Rejection.LATE, 0L);
        assertTrue(late > 10, "late: " + late);
        var live = live(names, spec, count(replayed.byEntity()), restarts);
        assertSame(live, replayed.byEntity());
    }

    /** The clock of files runs over all entities: they give the same bars where no tick is later than the grace. */
    @Test
    void aFileGivesTheBarsOfTheTopic() {
        var names = TopicNames.DEFAULT.prefixed("file-");
        var spec = new BarSpec(HOUR, GRACE, List.of(Rule.MAX), Fill.LAST, 5);
        var model = model();
        var ticks = ticks(8, false);
        long end = ticks.stream().mapToLong(Tick::time).max().orElseThrow() + 20 * HOUR;
        IntStream.range(0, ENTITIES) // so that every partition comes to the same end
                .forEach(entity -> ticks.add(tick(entity, end, 1)));
        prepare(names, model, ticks);
        var range = TopicRange.now(clients, names.ticks(), TopicRange.Times.ALL);
        var ofTopic = replay(() -> bars(TopicTicks.open(clients, range, new TickCodec(TICKS), VALUE), spec), model);
        var ofFile = replay(() -> bars(CsvTicks.open(csv(ticks)), spec), model);
        assertSame(ofTopic.byEntity(), ofFile.byEntity());
        assertSame(live(names, spec, count(ofTopic.byEntity()), 0), ofFile.byEntity());
    }

    private CsvOptions csv(List<Tick> ticks) {
        var file = folder.resolve("ticks.csv");
        var lines = new ArrayList<String>();
        lines.add("entity,time,value");
        ticks.stream()
                .sorted(Comparator.comparingLong(Tick::time))
                .forEach(tick -> lines.add(tick.entity() + "," + tick.time() + "," + tick.values()[0]));
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var columns = new CsvOptions.Columns("entity", "time", List.of("value"), List.of());
        return new CsvOptions(List.of(file), CsvOptions.Layout.LONG, columns, TimeFormat.MILLIS, ',');
    }

    private static TickSource bars(TickSource ticks, BarSpec spec) {
        return new BarTicks(new AdmittedTicks(ticks, BacktestSettings.Future.DEFAULT), spec);
    }

    private static Model model() {
        var model = dev.gatecast.support.Models.random(1);
        return new ModelCodec().name(model.recipe(), model.lineage());
    }

    private static Tick tick(int entity, long time, double value) {
        return new Tick("entity-" + entity, time, new double[] {value});
    }

    /** In order, but for one tick in eight; those are at most the grace behind, or now and then several hours. */
    private static List<Tick> ticks(long seed, boolean tooLate) {
        var random = new Random(seed);
        var ticks = new ArrayList<Tick>();
        long now = START;
        for (int i = 0; i < TICK_COUNT; i++) {
            now += random.nextInt((int) HOUR / 8);
            int entity = Math.min(random.nextInt(ENTITIES), random.nextInt(ENTITIES));
            long behind = random.nextInt(8) == 0 ? random.nextInt((int) GRACE) : 0;
            behind = tooLate && random.nextInt(40) == 0 ? 3 * HOUR : behind;
            double value = 20 + 10 * Math.sin((now - START) * Math.PI / 12 / HOUR) + random.nextGaussian();
            ticks.add(tick(entity, now - behind, value));
        }
        return ticks;
    }

    private static void prepare(TopicNames names, Model model, List<Tick> ticks) {
        try (var admin = new TopicAdmin(clients, new Topics(names));
                var registry = new ModelRegistry(clients, new Topics(names));
                var producer = clients.producer()) {
            admin.create(PARTITIONS, (short) 1);
            registry.publish(model);
            registry.activate(model.id(), 0);
            for (var tick : ticks) {
                var key = tick.entity().getBytes(StandardCharsets.UTF_8);
                var value = new TickCodec(TICKS).encode(tick);
                var unused = producer.send(new ProducerRecord<>(names.ticks(), null, tick.time(), key, value));
            }
            producer.flush();
        }
    }

    /** Runs the live topology, stopping and starting it on the way, with a cache that keeps two states. */
    private Map<String, List<String>> live(TopicNames names, BarSpec spec, int expected, int restarts) {
        var tuning = new TopologySettings.Tuning(
                1, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMinutes(1), 2);
        var settings = new TopologySettings(
                new TopologySettings.Instance(names.ticks() + "-app", folder.resolve(names.ticks()), ""),
                names,
                TopologySettings.Input.DEFAULT.with(new Bars(spec)),
                tuning,
                ForecasterSettings.DEFAULT);
        var most = new TreeMap<String, List<String>>();
        for (int run = 0; run <= restarts; run++) {
            int until = restarts == 0 ? expected : expected * (run + 1) / (restarts + 1);
            try (var streams = new GatecastStreams(
                    settings,
                    Formats.of(TICKS, Format.AVRO),
                    clients,
                    PARTITIONS,
                    ForecastListener.NONE,
                    failures::add)) {
                streams.start();
                most.clear();
                most.putAll(written(names.forecasts(), until));
            }
        }
        return most;
    }

    private Map<String, List<String>> written(String topic, int expected) {
        var all = new TreeMap<String, List<String>>();
        try (var consumer = clients.consumer()) {
            var partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            int count = 0;
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

    private record Replayed(Report report, Map<String, List<String>> byEntity) {}

    private static Replayed replay(Supplier<TickSource> source, Model model) {
        var settings = new BacktestSettings(
                new Steps(0, List.of(24), 0),
                new Data(
                        null,
                        dev.gatecast.source.History.Limits.DEFAULT,
                        new BacktestSettings.Future(Long.MAX_VALUE, 0)),
                ForecasterSettings.DEFAULT,
                Output.to(null, false, false),
                1);
        var all = new TreeMap<String, List<String>>();
        var report = new Backtest(settings, source, (stage, share, ticks) -> {})
                .run(new Models.Pinned(model), List.of(), forecast -> all.computeIfAbsent(
                                forecast.entity(), unused -> new ArrayList<>())
                        .add(HexFormat.of().formatHex(FORECASTS.encode(forecast))));
        return new Replayed(report, all);
    }

    private static int count(Map<String, List<String>> forecasts) {
        return forecasts.values().stream().mapToInt(List::size).sum();
    }

    private static void assertSame(Map<String, List<String>> live, Map<String, List<String>> replayed) {
        assertEquals(ENTITIES, live.size());
        assertEquals(replayed.keySet(), live.keySet());
        replayed.forEach((entity, forecasts) -> assertEquals(forecasts, live.get(entity), entity));
    }
}
