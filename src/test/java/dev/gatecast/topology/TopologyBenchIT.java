package dev.gatecast.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.kafka.Clients;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.CellKind;
import dev.gatecast.support.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the measurement is made and adds up. How fast the topology is, only a measured run says: gatecast bench --require. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class TopologyBenchIT {
    private static final Pattern LINE = Pattern.compile(
            "turns \\d+: with the mathematics ([\\d,]+) ticks/s, without ([\\d,]+) ticks/s, ratio ([\\d.]+)");

    @Test
    void takesTurnsWithAndWithoutTheMathematics(@TempDir Path directory) {
        var load = new TopologyBench.Load(200, 2, 1, 3, 20_000);
        var lines = new ArrayList<String>();
        try (var broker = LocalBroker.startTemporary(0)) {
            var clients = Clients.of(broker.bootstrapServers());
            var pairs = TopologyBench.run(clients, directory, load, model(), lines::add);
            assertEquals(load.pairs(), pairs.size());
        }
        assertTrue(
                lines.get(0).contains("200 entities") && lines.get(0).contains("turns of 20,000 ticks"), lines.get(0));
        var printed = lines.stream().filter(line -> line.startsWith("turns ")).toList();
        assertEquals(load.pairs(), printed.size(), lines::toString);
        printed.forEach(TopologyBenchIT::assertHoldsTogether);
    }

    private static void assertHoldsTogether(String line) {
        var match = LINE.matcher(line);
        assertTrue(match.matches(), line);
        assertEquals(number(match.group(1)) / number(match.group(2)), number(match.group(3)), 0.01, line);
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }

    @Test
    void hasTurnsLongEnoughHoweverFewTheEntities() {
        assertEquals(40_000, TopologyBench.Load.of(10_000, 2, 1, 6).ticksPerTurn());
        assertEquals(40_000, TopologyBench.Load.of(500, 2, 1, 6).ticksPerTurn());
        assertEquals(40_002, TopologyBench.Load.of(3, 2, 1, 6).ticksPerTurn());
        assertEquals(400_000, TopologyBench.Load.of(100_000, 2, 1, 6).ticksPerTurn());
    }

    /** Hidden 64, a week's profile, 24 horizons of 9 quantiles. */
    private static Model model() {
        var spec = new FeatureSpec(
                Transform.SQRT,
                new FeatureSpec.Seasons(24, 168),
                new FeatureSpec.Windows(168, 168, 336),
                Models.HOUR,
                true,
                new FeatureSpec.Spread(1.0, 0.05));
        int quantiles = Models.LEVELS.length;
        var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 64, 24, quantiles);
        var architecture = new Architecture(CellKind.GRU, spec.inputs(), 64, 1, head);
        var network = Models.network(architecture, 5, 0.02);
        return new ModelCodec()
                .name(new Recipe(spec, List.of(network), Models.LEVELS, 24), new Lineage(new TreeMap<>()));
    }
}
