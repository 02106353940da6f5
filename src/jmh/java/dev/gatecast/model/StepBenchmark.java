package dev.gatecast.model;

import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One GRU step with 8 inputs: row arrays beside EJML's own products and ONNX Runtime. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepBenchmark {
    private static final int INPUTS = 8;

    /** Hidden units. */
    @Param({"32", "64", "128"})
    public int hidden;

    private Network network = network(1);
    private Network.Scratch scratch = network.newScratch();
    private float[] state = {};
    private EjmlGru ejml = new EjmlGru(network.tensors(), 0);
    private FMatrixRMaj ejmlState = new FMatrixRMaj(1, 1);
    private @Nullable OnnxStep onnx;
    private final float[] input = RandomNetworks.numbers(INPUTS, 1, new Random(2));
    private final FMatrixRMaj ejmlInput = new FMatrixRMaj(INPUTS, 1, true, input);

    /** Makes the cells of this size. */
    @Setup
    public void setUp() {
        network = network(hidden);
        scratch = network.newScratch();
        state = new float[hidden];
        ejml = new EjmlGru(network.tensors(), 0);
        ejmlState = new FMatrixRMaj(hidden, 1);
        onnx = new OnnxStep(network, input);
    }

    /** Gives the native memory back. */
    @TearDown
    public void tearDown() {
        Objects.requireNonNull(onnx).close();
    }

    private static Network network(int hidden) {
        var head = new Architecture.Head(0, 0, 0, 1, 1);
        return RandomNetworks.network(new Architecture(CellKind.GRU, INPUTS, hidden, 1, head), 1);
    }

    /** Ours. */
    @Benchmark
    public float rows() {
        network.step(input, state, scratch);
        return state[0];
    }

    /** EJML's mult. */
    @Benchmark
    public float ejml() {
        ejml.step(ejmlInput, ejmlState);
        return ejmlState.data[0];
    }

    /** ONNX Runtime. */
    @Benchmark
    public float onnx() {
        return Objects.requireNonNull(onnx).step();
    }
}
