package dev.gatecast.model;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of this package and prints one table: what, the median and the best time, then how many times slower
 * the rivals are, and the share of the core's peak. The median of single calls says something even on a machine that does other things as well.
 */
public final class BenchmarkTable {
    private record Row(String name, double median, double best) {}

    private BenchmarkTable() {}

    /**
     * Runs them.
     *
     * @param args a part of the benchmarks' names; none for all
     */
    public static void main(String[] args) throws RunnerException {
        var options = new OptionsBuilder()
                .include(args.length > 0 ? args[0] : "dev.gatecast")
                .forks(1)
                .jvmArgsAppend("-Xmx1g")
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build();
        var rows = rows(new Runner(options).run());
        addTorch(rows);
        print(rows);
        printAllocation();
    }

    private static void printAllocation() {
        var step = new StepBenchmark();
        step.hidden = 64;
        step.setUp();
        var head = new HeadBenchmark();
        var training = new TrainingBenchmark();
        training.hidden = 64;
        training.threads = 1;
        training.setUp();
        System.out.printf(
                "%nbytes allocated by 1000 steps %d, 1000 heads %d, 10 training steps %d%n",
                allocated(1000, step::rows), allocated(1000, head::head), allocated(10, training::step));
        training.tearDown();
    }

    /** The least of some rounds: the virtual machine itself allocates now and then. */
    private static long allocated(int times, Runnable call) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var least = Long.MAX_VALUE;
        for (var round = 0; round < 10; round++) {
            var before = threads.getCurrentThreadAllocatedBytes();
            for (var i = 0; i < times; i++) {
                call.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static Map<String, Row> rows(Iterable<RunResult> results) {
        var rows = new TreeMap<String, Row>();
        for (var result : results) {
            var name = name(result);
            var times = result.getPrimaryResult().getStatistics();
            rows.put(name, new Row(name, times.getPercentile(50) / 1000, times.getMin() / 1000));
        }
        return rows;
    }

    private static String name(RunResult result) {
        var parameters = result.getParams();
        var label = result.getPrimaryResult().getLabel();
        var type = parameters
                .getBenchmark()
                .replaceAll(".*\\.(\\w+)Benchmark\\..*", "$1")
                .toLowerCase(Locale.ROOT);
        var words = new ArrayList<>(List.of(type));
        for (var key : parameters.getParamsKeys()) {
            words.add(key + " " + String.format(Locale.ROOT, "%3s", parameters.getParam(key)));
        }
        words.add(label);
        return String.join(", ", words);
    }

    private static void addTorch(Map<String, Row> rows) {
        TorchTimes.training().forEach((hidden, time) -> {
            var name = String.format(Locale.ROOT, "training, hidden %3d, pytorch", hidden);
            rows.put(name, new Row(name, time.median(), time.best()));
        });
    }

    private static void print(Map<String, Row> rows) {
        System.out.printf("%nJava %s%n%-40s %12s %12s%n", Runtime.version(), "name", "median µs", "best µs");
        for (var row : rows.values()) {
            System.out.printf(Locale.ROOT, "%-40s %12.3f %12.3f%n", row.name, row.median, row.best);
        }
        System.out.printf("%n%-58s %8s %8s%n", "ratio of medians, of bests", "median", "best");
        for (var hidden : List.of(" 32", " 64", "128")) {
            var step = "step, hidden " + hidden + ", ";
            ratio("ONNX Runtime / our step, hidden " + hidden, rows.get(step + "onnx"), rows.get(step + "rows"));
            ratio("EJML mult / our step, hidden " + hidden, rows.get(step + "ejml"), rows.get(step + "rows"));
        }
        for (var hidden : List.of(" 32", " 64", "128")) {
            var training = "training, hidden " + hidden + ", ";
            var one = rows.get(training + "threads   1, step");
            ratio("PyTorch / our training step, hidden " + hidden, rows.get(training + "pytorch"), one);
            ratio("one thread / two, hidden " + hidden, one, rows.get(training + "threads   2, step"));
        }
        shares(rows);
    }

    private static void ratio(String what, @Nullable Row rival, @Nullable Row ours) {
        if (rival != null && ours != null) {
            System.out.printf(
                    Locale.ROOT, "%-58s %8.2f %8.2f%n", what, rival.median / ours.median, rival.best / ours.best);
        }
    }

    /** What a step reaches of the multiply-adds that the core can do. */
    private static void shares(Map<String, Row> rows) {
        for (var peak : List.of("rows", "chains")) {
            var loop = rows.get("peak, " + peak);
            for (var hidden : List.of(32, 64, 128)) {
                var step = rows.get(String.format(Locale.ROOT, "step, hidden %3d, rows", hidden));
                if (loop != null && step != null) {
                    var multiplyAdds = 3.0 * hidden * (hidden + 8);
                    System.out.printf(
                            Locale.ROOT,
                            "%-58s %7.0f%% %7.0f%%  (peak %.0f G/s)%n",
                            "share of the peak by " + peak + ", hidden " + hidden,
                            100 * share(multiplyAdds, step.median, loop.median),
                            100 * share(multiplyAdds, step.best, loop.best),
                            PeakBenchmark.MULTIPLY_ADDS / loop.best / 1000);
                }
            }
        }
    }

    private static double share(double multiplyAdds, double time, double peakTime) {
        return multiplyAdds / time / (PeakBenchmark.MULTIPLY_ADDS / peakTime);
    }
}
