package dev.gatecast.app;

import dev.gatecast.topology.TopologyBench.Pair;
import java.util.List;
import java.util.Locale;

/**
 * Share of the throughput that the mathematics leaves, over the turns of a measurement.
 *
 * @param least of the turns
 * @param median of the turns; of an even number the mean of both in the middle
 * @param most of the turns
 */
record BenchShare(double least, double median, double most) {
    static BenchShare of(List<Pair> pairs) {
        var ratios = pairs.stream().mapToDouble(Pair::ratio).sorted().toArray();
        var median = (ratios[(ratios.length - 1) / 2] + ratios[ratios.length / 2]) / 2;
        return new BenchShare(ratios[0], median, ratios[ratios.length - 1]);
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "with the mathematics the topology keeps %.0f %% of its throughput (median; from %.0f to %.0f %%)",
                100 * median,
                100 * least,
                100 * most);
    }
}
