package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.backtest.BacktestSettings.Data;
import dev.gatecast.backtest.BacktestSettings.Output;
import dev.gatecast.backtest.BacktestSettings.Steps;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.source.Fields;
import dev.gatecast.source.TopicRange;
import dev.gatecast.source.TopicTicks;
import dev.gatecast.topology.TopologySettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Ticks that say what a field is going to be, with gaps and silences, through a restart and a change of models. */
class ComingValuesEqualLiveIT extends EqualsLive {
    private static final List<String> NAMES = List.of("value", "load", "load+1", "load+2", "load+3");
    private static final TickFormat TICKS = TickFormat.of(TickFormat.Kind.JSON, NAMES);
    private static final Fields FIELDS = new Fields(NAMES, List.of("value"));
    private static final int PARTITIONS = 2;
    private static final int ENTITIES = 4;
    private static final int ROWS = 240;

    @Test
    void whatTicksSayOfComingStepsIsForecastWithLiveAsInABacktest() {
        var names = TopicNames.DEFAULT.prefixed("coming-");
        var blind = named(dev.gatecast.support.Models.random(1));
        var seeing = named(dev.gatecast.support.Models.withContext(2, dev.gatecast.support.Models.future(2)));
        create(names, PARTITIONS, Map.of(START, blind, START + 100 * HOUR, seeing));
        int ticks = produce(names.ticks());
        var range = TopicRange.now(clients, names.ticks(), TopicRange.Times.ALL);
        var settings = new BacktestSettings(
                new Steps(0, List.of(24), 0),
                Data.of(null),
                ForecasterSettings.DEFAULT,
                Output.to(null, false, false),
                1);
        var models = new Models.Recorded(
                new dev.gatecast.forecast.ActivationTimeline(List.of(
                        new dev.gatecast.forecast.Activation(blind.id(), START, 1, ""),
                        new dev.gatecast.forecast.Activation(seeing.id(), START + 100 * HOUR, 2, blind.id()))),
                id -> id.equals(blind.id()) ? blind : seeing);
        var replayed = replay(settings, () -> TopicTicks.open(clients, range, new TickCodec(TICKS), FIELDS), models);
        assertEquals(ticks, replayed.count());
        var live = live(names, PARTITIONS, ticks, TICKS, TopologySettings.Input.DEFAULT, 1);
        assertSame(live, replayed.byEntity());
    }

    private static int produce(String topic) {
        var random = new Random(4);
        int sent = 0;
        try (var producer = clients.producer()) {
            for (var row = 0; row < ROWS; row++) {
                for (var entity = 0; entity < ENTITIES; entity++) {
                    if (random.nextInt(8) > 0) {
                        var wave = 50 + 10 * Math.sin((row + 5 * entity) * Math.PI / 12) + random.nextGaussian();
                        var text = "{\"value\":" + wave + load(random) + "}";
                        var unused = producer.send(new ProducerRecord<>(
                                topic,
                                null,
                                START + row * HOUR,
                                bytes("abcd".substring(entity, entity + 1)),
                                bytes(text)));
                        sent++;
                    }
                }
            }
            producer.flush();
        }
        return sent;
    }

    /** A number, a list or nothing. */
    private static String load(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> ",\"load\":" + random.nextInt(9);
            case 2 -> ",\"load\":[" + random.nextInt(9) + ",null," + random.nextInt(9) + "]";
            default -> ",\"load\":" + random.ints(4, 0, 9).boxed().toList();
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
