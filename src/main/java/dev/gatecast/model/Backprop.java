package dev.gatecast.model;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a batch and its gradient, by backpropagation through all steps of every sequence. Keeps its buffers from call
 * to call: one thread at a time may call it.
 *
 * <p>The batch is cut into fixed chunks of {@value #LANES} sequences, whose sums are added in a fixed order: any executor,
 * with any number of threads, gives the same bits.
 */
public final class Backprop {
    /** Sequences in a chunk. */
    static final int LANES = 16;

    private final Architecture shape;
    private final Loss loss;
    private final Executor executor;
    private final Layers layers;
    private final Object lock = new Object();
    private Task[] tasks = {};
    private int steps;
    private int size;
    private int pending; // guarded by lock

    /**
     * The loss of the architecture's output, on the calling thread.
     *
     * @param levels the levels of the quantiles that will be asked for, ascending
     */
    public Backprop(Architecture architecture, float[] levels) {
        this(architecture, levels, Runnable::run);
    }

    /**
     * The loss of the architecture's output, on an executor's threads.
     *
     * @param levels the levels of the quantiles that will be asked for, ascending
     * @param executor runs chunks; the caller waits for them
     */
    public Backprop(Architecture architecture, float[] levels, Executor executor) {
        this(architecture, architecture.head().output().loss(levels), executor);
    }

    Backprop(Architecture architecture, Loss loss, Executor executor) {
        this.shape = architecture;
        this.loss = loss;
        this.executor = executor;
        this.layers = new Layers(architecture);
    }

    /**
     * The mean loss over the known targets, weighted, and over the loss's terms, such as
     * quantiles.
     *
     * @throws IllegalArgumentException if an array has another length than the architecture needs, or no known target has
     *     a weight
     */
    public double loss(Parameters parameters, Batch batch) {
        prepare(parameters, batch);
        var total = total(batch);
        for (var task : tasks) {
            task.begin(batch, 0, Dropout.NONE);
        }
        return run() / total;
    }

    /**
     * The same with dropout, and its gradient.
     *
     * @param gradient of the same architecture. Modified: overwritten.
     * @throws IllegalArgumentException as {@link #loss}
     */
    public double gradient(Parameters parameters, Batch batch, Parameters gradient, Dropout dropout) {
        prepare(parameters, batch);
        layers.loadBack(parameters.byName());
        var total = total(batch);
        for (var task : tasks) {
            task.begin(batch, 1 / total, dropout);
        }
        var sum = run();
        for (var i = 1; i < tasks.length; i++) {
            tasks[0].chunk.add(tasks[i].chunk);
        }
        gradient.clear();
        tasks[0].chunk.addTo(gradient.byName());
        return sum / total;
    }

    private void prepare(Parameters parameters, Batch batch) {
        if (!parameters.architecture().equals(shape)) {
            throw new IllegalArgumentException(
                    "parameters: expected " + shape + ", actual " + parameters.architecture());
        }
        batch.check(shape);
        Embedding.fill(shape, parameters.byName(), batch);
        if (batch.steps() != steps || batch.size() != size) {
            steps = batch.steps();
            size = batch.size();
            tasks = new Task[(size + LANES - 1) / LANES];
            for (var i = 0; i < tasks.length; i++) {
                tasks[i] = new Task(i * LANES, Math.min(LANES, size - i * LANES));
            }
        }
        layers.load(parameters.byName());
    }

    private double total(Batch batch) {
        var total = batch.totalWeight(shape.head().horizons())
                * shape.head().output().terms();
        if (!(total > 0)) {
            throw new IllegalArgumentException("batch: expected a known target with a weight, actual none");
        }
        return total;
    }

    /** Runs all tasks and gives the sum of their losses. */
    private double run() {
        synchronized (lock) {
            pending = tasks.length;
        }
        for (var task : tasks) {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                task.end(0, e);
            }
        }
        awaitAll();
        var sum = 0.0;
        for (var task : tasks) {
            sum += task.result();
        }
        return sum;
    }

    /** Waits even when interrupted, because the tasks use the buffers; the interrupt is kept for the caller. */
    private void awaitAll() {
        var interrupted = false;
        synchronized (lock) {
            while (pending > 0) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The states that the sequences of the last batch ended with, to begin the next one with: truncated backpropagation.
     *
     * @param batch the one that {@link #loss} or {@link #gradient} was last called with
     * @param states (size, stateSize). Modified.
     */
    public void ends(Batch batch, float[] states) {
        for (var task : tasks) {
            task.chunk.ends(batch, task.lanes, shape.stateSize(), states);
        }
    }

    /** From now on, and for batches of this size only, the gradient of the inputs is found too. */
    void keepInputs(Batch batch) {
        prepare(new Parameters(shape), batch);
        for (var task : tasks) {
            task.chunk.keepInputs(task.lanes, shape.inputs());
        }
    }

    /** Gradient of one sequence's inputs at one step, (inputs), after {@link #keepInputs}. */
    float[] dInput(int step, int sequence) {
        return tasks[sequence / LANES].chunk.dInput(step, sequence % LANES);
    }

    /** Gradient of one sequence's initial state of a layer, (states * hidden). */
    float[] dStart(int layer, int sequence) {
        return tasks[sequence / LANES].chunk.dStart(layer, sequence % LANES);
    }

    /** One chunk's part of a call. */
    private final class Task implements Runnable {
        private final Chunk chunk;
        private final int lanes;
        private @Nullable Batch batch;
        private Dropout dropout = Dropout.NONE;
        private double scale;
        private double sum;
        private @Nullable RuntimeException failure;

        Task(int first, int lanes) {
            this.lanes = lanes;
            this.chunk = new Chunk(
                    new Unrolled(layers, steps, lanes),
                    new Scorer(layers, loss, lanes),
                    new EmbeddingGradient(shape, lanes),
                    first,
                    steps);
        }

        /** A scale of 0 asks for the loss alone. */
        void begin(Batch batch, double scale, Dropout dropout) {
            this.batch = batch;
            this.scale = scale;
            this.dropout = dropout;
            this.failure = null;
        }

        @Override
        public void run() {
            var all = Objects.requireNonNull(batch);
            try {
                end(scale > 0 ? chunk.gradient(all, scale, dropout) : chunk.loss(all), null);
            } catch (RuntimeException e) {
                end(0, e);
            }
        }

        private void end(double sum, @Nullable RuntimeException failure) {
            synchronized (lock) {
                this.sum = sum;
                this.failure = failure;
                pending--;
                lock.notifyAll();
            }
        }

        double result() {
            if (failure != null) {
                throw new IllegalStateException("a chunk of the batch failed", failure);
            }
            return sum;
        }
    }
}
