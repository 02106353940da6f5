package dev.gatecast.app;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.kafka.Clients;
import dev.gatecast.topology.TopologyBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = {
            "Measures on this machine, as ratios within one run: the cell's step beside EJML's own product; and the live"
                    + " topology, exactly once, on a Kafka broker inside this process, beside the same topology with the"
                    + " mathematics taken out (each tick is still decoded, its entity's state written back, and a"
                    + " forecast of the same size emitted; both commit after the same number of ticks).",
            "Needs no cluster and no configuration. A minute or two."
        })
final class BenchCommand implements Runnable {
    private static final List<Integer> CELLS = List.of(32, 64, 128);

    @Mixin
    private HelpOption help;

    @Option(names = "--only", paramLabel = "PART", description = "cell or topology; both when left out.")
    private @Nullable String only;

    @Option(names = "--entities", defaultValue = "10000", description = "Entities. Default: ${DEFAULT-VALUE}.")
    private int entities;

    @Option(names = "--hidden", defaultValue = "64", description = "Hidden units. Default: ${DEFAULT-VALUE}.")
    private int hidden;

    @Option(names = "--threads", defaultValue = "1", description = "Stream threads. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--pairs",
            defaultValue = "6",
            description = "Turns with and without the mathematics, of four ticks of each entity, after three that do"
                    + " not count."
                    + " Default: ${DEFAULT-VALUE}.")
    private int pairs;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        check();
        var out = spec.commandLine().getOut();
        if (!"topology".equals(only)) {
            cells(out);
        }
        if (!"cell".equals(only)) {
            topology(out);
        }
    }

    private void check() {
        if (only != null && !Set.of("cell", "topology").contains(only)) {
            throw new UserError("--only=" + only + ": expected cell or topology");
        }
        atLeast("--entities", entities, 1);
        atLeast("--hidden", hidden, 1);
        atLeast("--threads", threads, 1);
        atLeast("--pairs", pairs, 1);
    }

    private static void atLeast(String option, int value, int least) {
        if (value < least) {
            throw new UserError(option + "=" + value + ": expected a number from " + least + " on");
        }
    }

    private static void cells(PrintWriter out) {
        out.println("GRU step, 8 inputs, one thread, medians of processor time:");
        for (int size : CELLS) {
            out.println("  " + CellBench.measure(size).text());
        }
    }

    private void topology(PrintWriter out) {
        out.println("Topology, exactly once, broker in this process, " + threads + " stream thread(s):");
        try (var broker = LocalBroker.startTemporary(0)) {
            var directory = Files.createTempDirectory("gatecast-bench-");
            try {
                var load = new TopologyBench.Load(entities, 2, threads, pairs);
                var model = BenchModel.of(hidden);
                var measured = TopologyBench.run(
                        Clients.of(broker.bootstrapServers()),
                        directory,
                        load,
                        model,
                        line -> out.println("  " + line));
                out.println("  " + summary(measured));
            } finally {
                Folders.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the states", e);
        }
    }

    private static String summary(List<TopologyBench.Pair> measured) {
        var ratios = measured.stream()
                .mapToDouble(TopologyBench.Pair::ratio)
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "with the mathematics the topology keeps %.0f %% of its throughput (median; from %.0f to %.0f %%)",
                100 * (ratios[(ratios.length - 1) / 2] + ratios[ratios.length / 2]) / 2,
                100 * Arrays.stream(ratios).min().orElse(Double.NaN),
                100 * Arrays.stream(ratios).max().orElse(Double.NaN));
    }
}
