package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.backtest.BacktestSettings.Data;
import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.backtest.BacktestSettings.Steps;
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
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.source.BarTicks;
import dev.gatecast.source.CsvOptions;
import dev.gatecast.source.CsvTicks;
import dev.gatecast.source.Fields;
import dev.gatecast.source.TickSource;
import dev.gatecast.source.TopicRange;
import dev.gatecast.source.TopicTicks;
import dev.gatecast.topology.TopologySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/**
 * Ticks at odd times, some late, some too late, with gaps: the bars that the live topology makes of them, restarted again and
 * again in the middle of bars, give the bytes that a backtest of the topic and one of a file give.
 */
class BarsEqualLiveIT extends EqualsLive {
    private static final TickFormat TICKS = TickFormat.of(TickFormat.Kind.JSON, List.of("value"));
    private static final Fields VALUE = new Fields(List.of("value"), List.of("value"));
    private static final int PARTITIONS = 2;
    private static final int ENTITIES = 6;
    private static final int TICK_COUNT = 4_000;
    private static final long GRACE = HOUR / 3;
    private static final int MOST_FILLED = 25; // a day, as whole days are left out of longer gaps
    private static final long OUTAGE = 70 * HOUR;

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
        var spec = new BarSpec(HOUR, GRACE, List.of(rule), fill, MOST_FILLED);
        var model = model();
        prepare(names, model, ticks(7, true));
        var range = TopicRange.now(clients, names.ticks(), TopicRange.Times.ALL);
        var replayed = replay(() -> bars(TopicTicks.open(clients, range, new TickCodec(TICKS), VALUE), spec), model);
        var late = replayed.report().refused.counts().getOrDefault(Rejection.LATE, 0L);
        assertTrue(late > 10, "late: " + late);
        var live = live(names, spec, replayed.count(), restarts);
        assertSame(live, replayed.byEntity());
    }

    /** The clock of files runs over all entities: they give the same bars where no tick is later than the grace. */
    @Test
    void aFileGivesTheBarsOfTheTopic() {
        var names = TopicNames.DEFAULT.prefixed("file-");
        var spec = new BarSpec(HOUR, GRACE, List.of(Rule.MAX), Fill.LAST, MOST_FILLED);
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
        assertSame(live(names, spec, ofTopic.count(), 0), ofFile.byEntity());
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
        return named(dev.gatecast.support.Models.random(1));
    }

    private static Tick tick(int entity, long time, double value) {
        return new Tick("entity-" + entity, time, new double[] {value});
    }

    /** One entity has an outage. In order, but for one tick in eight; those are at most the grace behind, or now and then several hours. */
    private static List<Tick> ticks(long seed, boolean tooLate) {
        var random = new Random(seed);
        var ticks = new ArrayList<Tick>();
        long now = START;
        for (int i = 0; i < TICK_COUNT; i++) {
            now += random.nextInt((int) HOUR / 8);
            int entity = Math.min(random.nextInt(ENTITIES), random.nextInt(ENTITIES));
            long behind = random.nextInt(8) == 0 ? random.nextInt((int) GRACE) : 0;
            behind = tooLate && random.nextInt(40) == 0 ? 3 * HOUR : behind;
            if (entity == 3 && now - START > OUTAGE && now - START < 2 * OUTAGE) {
                continue;
            }
            double value = 20 + 10 * Math.sin((now - START) * Math.PI / 12 / HOUR) + random.nextGaussian();
            ticks.add(tick(entity, now - behind, value));
        }
        return ticks;
    }

    private static void prepare(TopicNames names, Model model, List<Tick> ticks) {
        create(names, PARTITIONS, Map.of(0L, model));
        try (var producer = clients.producer()) {
            for (var tick : ticks) {
                var key = tick.entity().getBytes(StandardCharsets.UTF_8);
                var value = new TickCodec(TICKS).encode(tick);
                var unused = producer.send(new ProducerRecord<>(names.ticks(), null, tick.time(), key, value));
            }
            producer.flush();
        }
    }

    private Map<String, List<String>> live(TopicNames names, BarSpec spec, int expected, int restarts) {
        return live(names, PARTITIONS, expected, TICKS, TopologySettings.Input.DEFAULT.with(new Bars(spec)), restarts);
    }

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
        return replay(settings, source, new Models.Pinned(model));
    }
}
