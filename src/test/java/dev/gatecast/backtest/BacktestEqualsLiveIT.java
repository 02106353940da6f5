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
import dev.gatecast.codec.TraitFields;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import dev.gatecast.feature.Context;
import dev.gatecast.feature.Elapsed;
import dev.gatecast.forecast.ActivationTimeline;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Model;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.kafka.TopicAdmin;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.kafka.Topics;
import dev.gatecast.source.Fields;
import dev.gatecast.source.History;
import dev.gatecast.source.TopicRange;
import dev.gatecast.source.TopicTicks;
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
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backtest of a topic gives the very bytes that the live topology wrote. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class BacktestEqualsLiveIT {
    private static final TickFormat TICKS =
            TickFormat.of(TickFormat.Kind.JSON, List.of("value", "load")).with(new TraitFields("zone", "kind"));
    private static final Fields FIELDS = new Fields(List.of("value", "load"), List.of("value"));
    private static final ForecastCodec FORECASTS = new ForecastCodec(Format.AVRO);
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;
    private static final long START = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();
    private static final int PARTITIONS = 3;
    private static final int ENTITIES = 7;
    private static final int ROWS = 260;

    /** Of each entity, one tick is sent twice and one too late. */
    private static final int EXPECTED = ENTITIES * ROWS;

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

    private static Model model(long seed) {
        return named(dev.gatecast.support.Models.random(seed));
    }

    private static Model model(long seed, Context context) {
        return named(dev.gatecast.support.Models.withContext(seed, context));
    }

    private static Model named(Model model) {
        return new ModelCodec().name(model.recipe(), model.lineage());
    }

    @Test
    void withOneModelPinned() {
        var names = TopicNames.DEFAULT.prefixed("pinned-");
        var model = model(1);
        prepare(names, Map.of(START, model));
        assertSame(live(names, EXPECTED), backtest(names, new Models.Pinned(model)));
    }

    @Test
    void withTheModelsAsRecorded() {
        var names = TopicNames.DEFAULT.prefixed("recorded-");
        var models = Map.of(START, model(1), START + 150 * HOUR, model(2));
        prepare(names, models);
        var live = live(names, EXPECTED);
        try (var registry = new ModelRegistry(clients, new Topics(names))) {
            var recorded = new Models.Recorded(new ActivationTimeline(registry.history()), id -> registry.load(id)
                    .orElseThrow());
            assertSame(live, backtest(names, recorded));
        }
    }

    @Test
    void withAnotherFieldOfTheTicksTheirTimeZonesAndHolidays() {
        withContext(
                "fields-",
                new Context(
                        dev.gatecast.support.Models.days(),
                        dev.gatecast.support.Models.fields("load").past()));
    }

    @Test
    void withTheTimeSinceTheLastTick() {
        withContext("elapsed-", dev.gatecast.support.Models.fields("load", Elapsed.NAME));
    }

    private void withContext(String prefix, Context context) {
        var names = TopicNames.DEFAULT.prefixed(prefix);
        var models = Map.of(START, model(1), START + 150 * HOUR, model(2, context));
        prepare(names, models);
        var live = live(names, EXPECTED);
        try (var registry = new ModelRegistry(clients, new Topics(names))) {
            var recorded = new Models.Recorded(new ActivationTimeline(registry.history()), id -> registry.load(id)
                    .orElseThrow());
            assertSame(live, backtest(names, recorded));
        }
    }

    /** Single ticks of a wrong clock, which are refused, then a silence of a month, after which nothing is. */
    @Test
    void withTicksFromTheFuture() {
        var names = TopicNames.DEFAULT.prefixed("future-");
        var model = model(1);
        prepare(names, Map.of(START, model));
        produceTheFuture(names.ticks());
        var replayed = replay(names, new Models.Pinned(model));
        var refused = replayed.report().refused.counts().getOrDefault(Rejection.FUTURE, 0L);
        assertEquals(20, refused, "refused as from the future");
        replayed.byEntity()
                .forEach((entity, forecasts) ->
                        assertEquals(ROWS + 130 + (entity.equals("entity-1") ? 20 : 0), forecasts.size(), entity));
        assertSame(live(names, count(replayed.byEntity())), replayed.byEntity());
    }

    /** A field names the entity, and the partitions that are read are not those that are forecast. */
    @Test
    void whereTicksAreRekeyed() {
        var names = TopicNames.DEFAULT.prefixed("rekeyed-");
        var model = model(1);
        var format = new TickFormat(
                TickFormat.Kind.JSON,
                TickFormat.Who.of("id"),
                TickFormat.Time.OF_RECORD,
                TICKS.fields(),
                TICKS.targets(),
                TICKS.line());
        create(names, Map.of(START, model));
        produceByField(names.ticks());
        var replayed = replay(names, new Models.Pinned(model), format, new BacktestSettings.Future(DAY, PARTITIONS));
        assertEquals(20, replayed.report().refused.counts().get(Rejection.FUTURE));
        assertEquals(ENTITIES * ROWS, count(replayed.byEntity()));
        var input = new TopologySettings.Input(true, DAY, 100, false);
        assertSame(live(names, EXPECTED, format, input), replayed.byEntity());
    }

    /** Each entity in a partition that its name would not choose; one of them with a wrong time now and then. */
    private static void produceByField(String topic) {
        try (var producer = clients.producer()) {
            for (var row = 0; row < ROWS; row++) {
                for (var entity = 0; entity < ENTITIES; entity++) {
                    if (entity == 1 && row % 13 == 6) {
                        sendByField(producer, topic, entity, START + (row + 5_000) * HOUR, 1);
                    }
                    sendByField(producer, topic, entity, START + row * HOUR, 40 + entity + row % 24);
                }
            }
            producer.flush();
        }
    }

    private static void sendByField(
            Producer<byte[], byte[]> producer, String topic, int entity, long time, double value) {
        var text = "{\"id\":\"entity-" + entity + "\",\"value\":" + value + "}";
        var unused = producer.send(new ProducerRecord<>(topic, entity % PARTITIONS, time, null, key(text)));
    }

    private static void produceTheFuture(String topic) {
        try (var producer = clients.producer()) {
            for (var row = ROWS; row < ROWS + 20; row++) {
                var wrong = new Tick("entity-1", START + (row + 5_000) * HOUR, new double[] {1, 2});
                send(producer, topic, wrong, wrong.time());
                send(
                        producer,
                        topic,
                        new Tick("entity-1", START + row * HOUR, new double[] {row, 3}),
                        START + row * HOUR);
            }
            for (var row = ROWS + 720; row < ROWS + 720 + 130; row++) {
                for (var entity = 0; entity < ENTITIES; entity++) {
                    var tick = new Tick("entity-" + entity, START + row * HOUR, new double[] {row % 24, row % 5});
                    send(producer, topic, tick, tick.time());
                }
            }
            producer.flush();
        }
    }

    private static int count(Map<String, List<String>> forecasts) {
        return forecasts.values().stream().mapToInt(List::size).sum();
    }

    private static void assertSame(Map<String, List<String>> live, Map<String, List<String>> replayed) {
        assertEquals(ENTITIES, live.size());
        assertEquals(live.keySet(), replayed.keySet());
        live.forEach((entity, forecasts) -> {
            assertEquals(
                    forecasts.size(), replayed.getOrDefault(entity, List.of()).size(), entity);
            for (var i = 0; i < forecasts.size(); i++) {
                assertEquals(
                        forecasts.get(i),
                        replayed.getOrDefault(entity, List.of()).get(i),
                        entity + " at " + i);
            }
        });
    }

    private static void prepare(TopicNames names, Map<Long, Model> models) {
        create(names, models);
        produce(names.ticks());
    }

    private static void create(TopicNames names, Map<Long, Model> models) {
        try (var admin = new TopicAdmin(clients, new Topics(names))) {
            admin.create(PARTITIONS, (short) 1);
        }
        try (var registry = new ModelRegistry(clients, new Topics(names))) {
            for (var use : new TreeMap<>(models).entrySet()) {
                registry.publish(use.getValue());
                registry.activate(use.getValue().id(), use.getKey());
            }
        }
    }

    private static void produce(String topic) {
        var random = new Random(3);
        try (var producer = clients.producer()) {
            for (var row = 0; row < ROWS; row++) {
                for (var entity = 0; entity < ENTITIES; entity++) {
                    var value = 40 + 10 * entity + 20 * Math.sin(row * Math.PI / 12) + random.nextGaussian();
                    var load = row % 9 == entity ? Double.NaN : random.nextGaussian();
                    var tick = new Tick(
                            "entity-" + entity, START + row * HOUR, new double[] {value, load}, traits(entity, row));
                    send(producer, topic, tick, tick.time());
                    if (row == 40) {
                        send(producer, topic, tick, tick.time());
                        send(producer, topic, tick, tick.time() - HOUR);
                    }
                }
            }
            producer.flush();
        }
    }

    private static Traits traits(int entity, int row) {
        return entity % 2 == 0 || row % 3 > 0 ? Traits.NONE : new Traits("America/New_York", "odd");
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, Tick tick, long time) {
        var bytes = new TickCodec(TICKS).encode(tick);
        var unused = producer.send(new ProducerRecord<>(topic, null, time, key(tick.entity()), bytes));
    }

    private static byte[] key(String entity) {
        return entity.getBytes(StandardCharsets.UTF_8);
    }

    /** Runs the live topology over the topic with a cache so small that states go through their bytes all the time. */
    private Map<String, List<String>> live(TopicNames names, int expected) {
        return live(names, expected, TICKS, TopologySettings.Input.DEFAULT);
    }

    private Map<String, List<String>> live(
            TopicNames names, int expected, TickFormat format, TopologySettings.Input input) {
        var tuning = new TopologySettings.Tuning(
                1, Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofMinutes(1), 2);
        var settings = new TopologySettings(
                new TopologySettings.Instance(names.ticks() + "-app", folder.resolve(names.ticks()), ""),
                names,
                input,
                tuning,
                ForecasterSettings.DEFAULT);
        try (var streams = new GatecastStreams(
                settings, Formats.of(format, Format.AVRO), clients, PARTITIONS, ForecastListener.NONE, failures::add)) {
            streams.start();
            return written(names.forecasts(), expected);
        }
    }

    /** The values of a topic's records by key, once there are as many as expected. */
    private Map<String, List<String>> written(String topic, int expected) {
        var all = new TreeMap<String, List<String>>();
        try (var consumer = clients.consumer()) {
            var partitions = new ArrayList<TopicPartition>();
            for (var partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
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

    private static Map<String, List<String>> backtest(TopicNames names, Models models) {
        var replayed = replay(names, models);
        assertEquals(2 * ENTITIES, replayed.report().rejected());
        assertEquals(EXPECTED, count(replayed.byEntity()));
        return replayed.byEntity();
    }

    private record Replayed(Report report, Map<String, List<String>> byEntity) {}

    private static Replayed replay(TopicNames names, Models models) {
        return replay(names, models, TICKS, BacktestSettings.Future.DEFAULT);
    }

    private static Replayed replay(TopicNames names, Models models, TickFormat format, BacktestSettings.Future future) {
        var range = TopicRange.now(clients, names.ticks(), TopicRange.Times.ALL);
        var settings = new BacktestSettings(
                new Steps(0, List.of(24), 0),
                new Data(null, History.Limits.DEFAULT, future),
                ForecasterSettings.DEFAULT,
                Output.to(null, false, false),
                1);
        var all = new TreeMap<String, List<String>>();
        var report = new Backtest(
                        settings,
                        () -> TopicTicks.open(clients, range, new TickCodec(format), FIELDS),
                        (stage, share, ticks) -> {})
                .run(models, List.of(), forecast -> all.computeIfAbsent(forecast.entity(), unused -> new ArrayList<>())
                        .add(HexFormat.of().formatHex(FORECASTS.encode(forecast))));
        return new Replayed(report, all);
    }
}
