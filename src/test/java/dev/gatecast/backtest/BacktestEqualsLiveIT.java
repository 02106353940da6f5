package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.backtest.BacktestSettings.Data;
import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.backtest.BacktestSettings.Steps;
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
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.kafka.Topics;
import dev.gatecast.source.Fields;
import dev.gatecast.source.History;
import dev.gatecast.source.TopicRange;
import dev.gatecast.source.TopicTicks;
import dev.gatecast.topology.TopologySettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A backtest of a topic gives the very bytes that the live topology wrote. */
class BacktestEqualsLiveIT extends EqualsLive {
    private static final TickFormat TICKS =
            TickFormat.of(TickFormat.Kind.JSON, List.of("value", "load")).with(new TraitFields("zone", "kind"));
    private static final Fields FIELDS = new Fields(List.of("value", "load"), List.of("value"));
    private static final long DAY = 24 * HOUR;
    private static final int PARTITIONS = 3;
    private static final int ENTITIES = 7;
    private static final int ROWS = 260;

    /** Of each entity, one tick is sent twice and one too late. */
    private static final int EXPECTED = ENTITIES * ROWS;

    private static Model model(long seed) {
        return named(dev.gatecast.support.Models.random(seed));
    }

    private static Model model(long seed, Context context) {
        return named(dev.gatecast.support.Models.withContext(seed, context));
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

    @Test
    void withCategoriesKnownAndUnknown() {
        withContext("categories-", dev.gatecast.support.Models.categories("express", "odd"));
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
        assertSame(live(names, replayed.count()), replayed.byEntity());
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
        create(names, PARTITIONS, Map.of(START, model));
        produceByField(names.ticks());
        var replayed = replay(names, new Models.Pinned(model), format, new BacktestSettings.Future(DAY, PARTITIONS));
        assertEquals(20, replayed.report().refused.counts().get(Rejection.FUTURE));
        assertEquals(ENTITIES * ROWS, replayed.count());
        var input = new TopologySettings.Input(true, DAY, 100, false);
        assertSame(live(names, PARTITIONS, EXPECTED, format, input, 0), replayed.byEntity());
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

    private static void prepare(TopicNames names, Map<Long, Model> models) {
        create(names, PARTITIONS, models);
        produce(names.ticks());
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

    private Map<String, List<String>> live(TopicNames names, int expected) {
        return live(names, PARTITIONS, expected, TICKS, TopologySettings.Input.DEFAULT, 0);
    }

    private static Map<String, List<String>> backtest(TopicNames names, Models models) {
        var replayed = replay(names, models);
        assertEquals(2 * ENTITIES, replayed.report().rejected());
        assertEquals(EXPECTED, replayed.count());
        return replayed.byEntity();
    }

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
        return replay(settings, () -> TopicTicks.open(clients, range, new TickCodec(format), FIELDS), models);
    }
}
