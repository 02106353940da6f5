package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.backtest.BacktestSettings.Data;
import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.backtest.BacktestSettings.Steps;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.source.Fields;
import dev.gatecast.source.TopicRange;
import dev.gatecast.source.TopicTicks;
import dev.gatecast.topology.TopologySettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Ticks with two targets and a field that is none, through a restart. */
class SeveralTargetsEqualLiveIT extends EqualsLive {
    private static final TickFormat TICKS = new TickFormat(
            TickFormat.Kind.JSON,
            TickFormat.Who.KEY,
            TickFormat.Time.OF_RECORD,
            List.of("load", "heat", "wind"),
            2,
            TickFormat.Line.USUAL);
    private static final Fields FIELDS = new Fields(List.of("load", "heat", "wind"), List.of("load", "heat"));
    private static final int PARTITIONS = 2;
    private static final int ENTITIES = 3;
    private static final int ROWS = 200;

    private static Recipe recipe(int seed) {
        var seen = dev.gatecast.support.Models.fields("wind");
        return dev.gatecast.support.Models.withContext(seed, seen).recipe();
    }

    private static Lineage lineage() {
        return new Lineage(new TreeMap<>(Map.of(Lineage.TARGETS, "load|heat")));
    }

    @Test
    void eachTargetIsASeriesLiveAndInABacktest() {
        replaysAsLive("targets-", new ModelCodec().name(recipe(1), lineage()));
    }

    @Test
    void soItIsWithARecipeOfItsOwn() {
        var recipes = new TreeMap<>(Map.of("load", recipe(1), "heat", recipe(2)));
        replaysAsLive("recipes-", new ModelCodec().name(recipes, lineage()));
    }

    private void replaysAsLive(String prefix, Model model) {
        var names = TopicNames.DEFAULT.prefixed(prefix);
        create(names, PARTITIONS, Map.of(START, model));
        produce(names.ticks());
        var range = TopicRange.now(clients, names.ticks(), TopicRange.Times.ALL);
        var settings = new BacktestSettings(
                new Steps(0, List.of(24), 0),
                Data.of(null),
                ForecasterSettings.DEFAULT,
                Output.to(null, false, false),
                1);
        var replayed = replay(
                settings,
                () -> TopicTicks.open(clients, range, new TickCodec(TICKS), FIELDS),
                new Models.Pinned(model));
        assertEquals(2 * ENTITIES * ROWS, replayed.count());
        var series = new TreeSet<>(List.of("a/heat", "a/load", "b/heat", "b/load", "c/heat", "c/load"));
        assertEquals(series, replayed.byEntity().keySet());
        var live = live(names, PARTITIONS, replayed.count(), TICKS, TopologySettings.Input.DEFAULT, 1);
        assertSame(live, replayed.byEntity());
    }

    private static void produce(String topic) {
        var random = new Random(4);
        try (var producer = clients.producer()) {
            for (var row = 0; row < ROWS; row++) {
                for (var entity = 0; entity < ENTITIES; entity++) {
                    var wave = 10 * Math.sin((row + 5 * entity) * Math.PI / 12) + random.nextGaussian();
                    var text = "{\"load\":%s,\"heat\":%s,\"wind\":%s}"
                            .formatted(50 + wave, 20 - wave, random.nextGaussian());
                    var unused = producer.send(new ProducerRecord<>(
                            topic, null, START + row * HOUR, bytes("abc".substring(entity, entity + 1)), bytes(text)));
                }
            }
            producer.flush();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
