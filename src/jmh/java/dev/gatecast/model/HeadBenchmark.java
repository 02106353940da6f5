package dev.gatecast.model;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One forecast: a profile of 168 values, 64 units, 24 horizons of 9 quantiles. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeadBenchmark {
    private final Network network = RandomNetworks.network(
            new Architecture(CellKind.GRU, 8, 64, 1, new Architecture.Head(168, 8, 64, 24, 9)), 1);
    private final Network.Scratch scratch = network.newScratch();
    private final float[] state = RandomNetworks.numbers(64, 1, new Random(1));
    private final float[] profile = RandomNetworks.numbers(168, 2, new Random(2));
    private final float[] extras = RandomNetworks.numbers(8, 1, new Random(3));
    private final float[] out = new float[24 * 9];

    /** Ours. */
    @Benchmark
    public float head() {
        network.head(state, profile, extras, out, scratch);
        return out[0];
    }
}
