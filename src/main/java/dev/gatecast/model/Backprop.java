package dev.gatecast.model;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** Looks for the end of the last chunk before the caller sleeps: tens of microseconds, what a sleep costs at least. */
    private static final int LOOKS = 2000;

    private final Architecture shape;
    private final Loss loss;
    private final Executor executor;
    private final Layers layers;
    private final Object lock = new Object();
    private Task[] tasks = {};
    private int steps;
    private int size;
    private final AtomicInteger unclaimed = new AtomicInteger(); // the tasks below it; less than 0 when all are claimed
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Runnable help = this::work;

    /**
     * The loss of the architecture's output, on the calling thread.
     *
     * @param levels the levels of the quantiles that will be asked for, ascending
     */
    public Backprop(Architecture architecture, float[] levels) {
        this(architecture, levels, Runnable::run);
    }

    /**
     * The loss of the architecture's output, on the calling thread and an executor's.
     *
     * @param levels the levels of the quantiles that will be asked for, ascending
     * @param executor helps the caller, who works too: for two threads in all, one with one
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
        unfinished.set(tasks.length);
        unclaimed.set(tasks.length); // last: from here on, helpers may begin, late ones of an earlier call too
        var refused = askForHelp();
        work();
        awaitAll();
        if (refused != null) {
            throw new IllegalStateException("a chunk of the batch failed", refused);
        }
        var sum = 0.0;
        for (var task : tasks) {
            sum += task.result();
        }
        return sum;
    }

    private @Nullable RejectedExecutionException askForHelp() {
        try {
            for (var i = 1; i < tasks.length; i++) {
                executor.execute(help);
            }
            return null;
        } catch (RejectedExecutionException e) {
            return e;
        }
    }

    /** Runs tasks that nobody has claimed, until there are none. */
    private void work() {
        for (var i = unclaimed.decrementAndGet(); i >= 0; i = unclaimed.decrementAndGet()) {
            tasks[i].run();
        }
    }

    /** Waits even when interrupted, because the tasks use the buffers; the interrupt is kept for the caller. */
    private void awaitAll() {
        for (var look = 0; look < LOOKS && unfinished.get() > 0; look++) {
            Thread.onSpinWait();
        }
        var interrupted = false;
        synchronized (lock) {
            while (unfinished.get() > 0) {
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
    private final class Task {
        private final Chunk chunk;
        private final int lanes;
        private @Nullable Batch batch;
        private Dropout dropout = Dropout.NONE;
        private double scale;
        private double sum;
        private @Nullable Throwable failure;

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

        void run() {
            var all = Objects.requireNonNull(batch);
            try {
                end(scale > 0 ? chunk.gradient(all, scale, dropout) : chunk.loss(all), null);
            } catch (RuntimeException | Error e) { // the caller waits for the end of every task
                end(0, e);
            }
        }

        private void end(double sum, @Nullable Throwable failure) {
            this.sum = sum;
            this.failure = failure;
            if (unfinished.decrementAndGet() == 0) {
                synchronized (lock) {
                    lock.notifyAll();
                }
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
