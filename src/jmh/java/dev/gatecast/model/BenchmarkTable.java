package dev.gatecast.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of this package and prints one table: what, the median and the best time, bytes allocated, and the ratio of a
 * rival's median to it. The median of single calls says something even on a machine that does other things as well.
 */
public final class BenchmarkTable {
    private record Row(String name, double median, double best, double bytes) {}

    private BenchmarkTable() {}

    /**
     * Runs them.
     *
     * @param args a part of the benchmarks' names; none for all
     */
    public static void main(String[] args) throws RunnerException {
        var options = new OptionsBuilder()
                .include(args.length > 0 ? args[0] : "dev\\.gatecast\\.model\\..*")
                .forks(1)
                .jvmArgsAppend("-Xmx1g")
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        print(rows(new Runner(options).run()));
    }

    private static Map<String, Row> rows(Iterable<RunResult> results) {
        var rows = new TreeMap<String, Row>();
        for (var result : results) {
            var name = name(result);
            var bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
            var times = result.getPrimaryResult().getStatistics();
            var allocated = bytes == null ? 0 : bytes.getScore();
            rows.put(name, new Row(name, times.getPercentile(50) / 1000, times.getMin() / 1000, allocated));
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

    private static void print(Map<String, Row> rows) {
        System.out.printf(
                "%nJava %s%n%-40s %12s %12s %10s %8s%n",
                Runtime.version(), "name", "median µs", "best µs", "bytes", "ratio");
        for (var row : rows.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %12.3f %12.3f %10.1f %8s%n",
                    row.name,
                    row.median,
                    row.best,
                    row.bytes,
                    ratio(row, rows));
        }
    }

    /** EJML over ours; one thread over two. */
    private static String ratio(Row row, Map<String, Row> rows) {
        var rival = row.name.endsWith("rows")
                ? rows.get(row.name.replace("rows", "ejml"))
                : rows.get(row.name.replace("threads   2", "threads   1"));
        return rival == null || rival == row ? "" : String.format(Locale.ROOT, "%.2f", rival.median / row.median);
    }
}
