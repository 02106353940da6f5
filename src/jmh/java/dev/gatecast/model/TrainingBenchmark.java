package dev.gatecast.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One training step: 64 sequences of 64 steps, 8 inputs, a linear head scored at every step; clipping and Adam. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TrainingBenchmark {
    private static final int STEPS = 64;
    private static final int SIZE = 64;
    private static final int INPUTS = 8;
    private static final float[] LEVELS = {0.5f};

    /** Hidden units. */
    @Param({"32", "64", "128"})
    public int hidden;

    /** Threads. */
    @Param({"1", "2"})
    public int threads;

    private Helpers helpers = new Helpers(0);
    private Training training = new Training(1, Runnable::run);

    /** Makes the network of this size. */
    @Setup
    public void setUp() {
        helpers.close();
        helpers = new Helpers(threads - 1); // the caller works too
        training = new Training(hidden, helpers);
    }

    /** Ends the threads. */
    @TearDown
    public void tearDown() {
        helpers.close();
    }

    /** Ours. */
    @Benchmark
    public double step() {
        return training.step();
    }

    private static final class Training {
        private final Parameters parameters;
        private final Parameters gradient;
        private final Backprop backprop;
        private final Adam adam;
        private final Batch batch = batch();

        Training(int hidden, Executor executor) {
            var head = new Architecture.Head(0, 0, 0, 1, 1);
            var shape = new Architecture(CellKind.GRU, INPUTS, hidden, 1, head);
            parameters = Parameters.initial(shape, LEVELS, 1);
            gradient = new Parameters(shape);
            backprop = new Backprop(shape, LEVELS, executor);
            adam = new Adam(shape, Adam.Settings.USUAL, Map.of());
        }

        double step() {
            var loss = backprop.gradient(parameters, batch, gradient, Dropout.NONE);
            gradient.clip(1);
            adam.step(parameters, gradient, 1e-4);
            return loss;
        }

        private static Batch batch() {
            var random = new Random(1);
            var origins = IntStream.range(0, STEPS).toArray();
            var weight = new float[STEPS * SIZE];
            Arrays.fill(weight, 1);
            var target = RandomNetworks.numbers(STEPS * SIZE, 1, random);
            var scored = new Batch.Scored(origins, new float[0], new float[0], target, weight);
            return new Batch(
                    STEPS, SIZE, RandomNetworks.numbers(STEPS * SIZE * INPUTS, 1, random), new float[0], scored);
        }
    }
}
