package dev.gatecast.app;

import com.sun.management.ThreadMXBean;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.EjmlGru;
import dev.gatecast.model.Network;
import dev.gatecast.model.Parameters;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * Times a GRU step of 8 inputs beside the same step by EJML's {@code mult}. Blocks of both take turns, so that a noisy
 * machine is noisy for both; medians of the blocks' processor time are compared.
 */
final class CellBench {
    private static final int INPUTS = 8;
    private static final int STEPS = 1_000; // a block
    private static final int WARM_UP = 400; // blocks of each kind
    private static final int BLOCKS = 401;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final float[] input = new float[INPUTS];
    private final Network network;
    private final Network.Scratch scratch;
    private final EjmlGru ejml;
    private final float[] state;
    private final float[] ejmlState;

    private CellBench(int hidden) {
        var head = new Architecture.Head(0, 0, 0, 1, 1);
        var architecture = new Architecture(CellKind.GRU, INPUTS, hidden, 1, head);
        network = Parameters.initial(architecture, new float[] {0.5f}, 1).freeze();
        scratch = network.newScratch();
        ejml = new EjmlGru(network);
        state = new float[hidden];
        ejmlState = new float[hidden];
        for (int i = 0; i < INPUTS; i++) {
            input[i] = (i - 3.5f) / INPUTS;
        }
    }

    /**
     * What was measured.
     *
     * @param hidden units of the cell
     * @param nanos of a step
     * @param ejmlNanos of a step by EJML
     * @param allocated bytes by a thousand steps
     */
    record Speed(int hidden, double nanos, double ejmlNanos, long allocated) {
        /** How many times as long EJML's step takes. */
        double ratio() {
            return ejmlNanos / nanos;
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "hidden %3d: %6.2f us a step, EJML's mult %6.2f us, ratio %5.2f; %d bytes allocated by %,d steps",
                    hidden,
                    nanos / 1e3,
                    ejmlNanos / 1e3,
                    ratio(),
                    allocated,
                    STEPS);
        }
    }

    /** Measures one size; takes a few seconds. */
    static Speed measure(int hidden) {
        var bench = new CellBench(hidden);
        var ours = new double[BLOCKS];
        var theirs = new double[BLOCKS];
        long allocated = Long.MAX_VALUE;
        for (int i = -WARM_UP; i < BLOCKS; i++) {
            int at = Math.max(0, i);
            long before = allocatedBytes();
            ours[at] = bench.block();
            allocated = Math.min(allocated, allocatedBytes() - before);
            theirs[at] = bench.ejmlBlock();
        }
        return new Speed(hidden, median(ours) / STEPS, median(theirs) / STEPS, allocated);
    }

    private long block() {
        long begin = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < STEPS; i++) {
            network.step(input, state, scratch);
        }
        return THREADS.getCurrentThreadCpuTime() - begin;
    }

    private long ejmlBlock() {
        long begin = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < STEPS; i++) {
            ejml.step(input, ejmlState);
        }
        return THREADS.getCurrentThreadCpuTime() - begin;
    }

    private static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
