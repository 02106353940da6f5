package dev.gatecast.app;

import dev.gatecast.broker.LocalBroker;
import dev.gatecast.kafka.Clients;
import dev.gatecast.topology.TopologyBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
            "Beside the figures stand the bars that Gatecast sets itself: at hidden 64 a step at least 3 times as fast as"
                    + " EJML's and no byte allocated; with 10,000 entities and hidden 64 at least 60 %% of the throughput"
                    + " kept.",
            "With --only backtest, in place of both: a backtest of made CSV files of 50 and of 1,000 entities on one thread,"
                    + " with a forecast at every tick and at every 24th, at hidden 48. The bars are 60,000 and 150,000"
                    + " ticks a second of processor time.",
            "Needs no cluster and no configuration. A minute or two."
        })
final class BenchCommand implements Callable<Integer> {
    private static final int BACKTEST_HIDDEN = 48;
    private static final int TURNS = 3;
    private static final List<Integer> CELLS = List.of(32, BenchBar.HIDDEN, 128);

    @Mixin
    private HelpOption help;

    @Option(
            names = "--only",
            paramLabel = "PART",
            description = "cell, topology or backtest; the first two when left out.")
    private @Nullable String only;

    @Option(names = "--entities", defaultValue = "10000", description = "Entities. Default: ${DEFAULT-VALUE}.")
    private int entities;

    @Option(
            names = "--ticks",
            defaultValue = "1500000",
            description = "Ticks of each backtest. Default: ${DEFAULT-VALUE}.")
    private int ticks;

    @Option(names = "--hidden", defaultValue = "64", description = "Hidden units. Default: ${DEFAULT-VALUE}.")
    private int hidden;

    @Option(names = "--threads", defaultValue = "1", description = "Stream threads. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--pairs",
            defaultValue = "6",
            description = "Turns with and without the mathematics, of four ticks of each entity and at least 40,000"
                    + " ticks, after three that do not count."
                    + " Default: ${DEFAULT-VALUE}.")
    private int pairs;

    @Option(names = "--require", description = "Ends with exit code 1 if a bar is missed. A busy machine may miss one.")
    private boolean require;

    private final List<BenchBar> bars = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        var out = spec.commandLine().getOut();
        if (only == null || only.equals("cell")) {
            cells(out);
        }
        if (topology()) {
            topology(out);
        }
        if ("backtest".equals(only)) {
            backtest(out);
        }
        out.flush();
        return exitCode();
    }

    private boolean topology() {
        return only == null || only.equals("topology");
    }

    private int exitCode() {
        var missed = bars.stream().filter(bar -> !bar.met()).count();
        if (!require || missed == 0) {
            return CommandLine.ExitCode.OK;
        }
        spec.commandLine().getErr().println("gatecast bench: " + missed + " of " + bars.size() + " bars missed");
        return CommandLine.ExitCode.SOFTWARE;
    }

    private void check() {
        if (only != null && !Set.of("cell", "topology", "backtest").contains(only)) {
            throw new UserError("--only=" + only + ": expected cell, topology or backtest");
        }
        atLeast("--entities", entities, 1);
        atLeast("--hidden", hidden, 1);
        atLeast("--threads", threads, 1);
        atLeast("--pairs", pairs, 1);
        atLeast("--ticks", ticks, 1_000);
        if (topology()) {
            LocalMode.require("bench (without --only cell)");
        }
        if (require && topology() && !BenchBar.isFor(entities, hidden)) {
            throw new UserError("--require: the topology's bar is for " + BenchBar.LOAD
                    + "; leave --entities and --hidden out, or give --only cell");
        }
    }

    private static void atLeast(String option, int value, int least) {
        if (value < least) {
            throw new UserError(option + "=" + value + ": expected a number from " + least + " on");
        }
    }

    private void cells(PrintWriter out) {
        out.println("GRU step, 8 inputs, one thread, medians of processor time:");
        for (int size : CELLS) {
            var speed = CellBench.measure(size);
            out.println("  " + speed.text());
            if (size == BenchBar.HIDDEN) {
                out.println("    " + judged(BenchBar.of(speed)));
            }
        }
    }

    private String judged(BenchBar bar) {
        bars.add(bar);
        return bar.text();
    }

    private void topology(PrintWriter out) {
        out.println("Topology, exactly once, broker in this process, " + threads + " stream thread(s):");
        try (var broker = LocalBroker.startTemporary(0)) {
            inFolder(directory -> {
                var load = TopologyBench.Load.of(entities, 2, threads, pairs);
                var model = BenchModel.of(hidden);
                var measured = TopologyBench.run(
                        Clients.of(broker.bootstrapServers()),
                        directory,
                        load,
                        model,
                        line -> out.println("  " + line));
                summarise(measured, out);
            });
        }
    }

    private void backtest(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "Backtest of CSV files of %,d ticks, hidden %d, one thread, mixture and calibration on, beside the"
                        + " default contenders:%n",
                ticks,
                BACKTEST_HIDDEN);
        out.flush();
        inFolder(directory -> new BacktestBench(directory, BenchModel.trained(BACKTEST_HIDDEN), ticks)
                .run(TURNS)
                .forEach(speed -> {
                    out.println("  " + speed.text());
                    out.println("    " + judged(BenchBar.of(speed)));
                }));
    }

    private static void inFolder(Consumer<Path> work) {
        try {
            var directory = Files.createTempDirectory("gatecast-bench-");
            try {
                work.accept(directory);
            } finally {
                Folders.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
    }

    private void summarise(List<TopologyBench.Pair> measured, PrintWriter out) {
        var kept = BenchShare.of(measured);
        out.println("  " + kept.text());
        out.println("    "
                + (BenchBar.isFor(entities, hidden)
                        ? judged(BenchBar.of(kept))
                        : "no bar for this load; it is for " + BenchBar.LOAD));
    }
}
