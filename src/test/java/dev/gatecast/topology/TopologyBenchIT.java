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
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the measurement runs; its numbers mean something only for a full load on a quiet machine. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class TopologyBenchIT {
    @Test
    void measuresTheSameTopologyWithAndWithoutTheMathematics(@TempDir Path directory) {
        var load = new TopologyBench.Load(200, 2, 1, 1);
        try (var broker = LocalBroker.startTemporary(0)) {
            var clients = Clients.of(broker.bootstrapServers());
            var pairs = TopologyBench.run(clients, directory, load, model(), System.err::println);
            assertEquals(load.pairs(), pairs.size());
            assertTrue(pairs.stream().allMatch(pair -> pair.real() > 0 && pair.copy() > 0));
        }
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
