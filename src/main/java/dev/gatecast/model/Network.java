package dev.gatecast.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent network with a quantile head: architecture and weights. Immutable; any number of threads may share it, each
 * with its own {@link Scratch}.
 */
public final class Network {
    /*
     * The matrices are kept for whoever stores or inspects them. The arithmetic runs on row arrays compiled from them once,
     * here: docs/decisions/002-row-kernel.md.
     */
    private final Architecture architecture;
    private final SortedMap<String, FMatrixRMaj> tensors;
    private final Layers layers;
    private final float[] embedding; // (categories, width)

    /**
     * Checks and compiles the weights.
     *
     * @param tensors every tensor that {@link Architecture#tensors()} names, in its shape; PyTorch's names, gate order and
     *     orientation (outputs, inputs). Copied. Not modified.
     * @throws IllegalArgumentException if one is missing, unknown, of another shape, or holds a number that is not finite
     */
    public Network(Architecture architecture, SortedMap<String, FMatrixRMaj> tensors) {
        this.architecture = architecture;
        this.tensors = checked(architecture, tensors);
        this.layers = new Layers(architecture);
        layers.load(name -> values(this.tensors, name));
        this.embedding = architecture.options().embeds() ? values(this.tensors, Embedding.NAME) : new float[0];
    }

    /** The shape of this network. */
    public Architecture architecture() {
        return architecture;
    }

    /** A copy of the weights, by name. */
    public SortedMap<String, FMatrixRMaj> tensors() {
        var copy = new TreeMap<String, FMatrixRMaj>();
        tensors.forEach((name, tensor) -> copy.put(name, tensor.copy()));
        return Collections.unmodifiableSortedMap(copy);
    }

    /** Room for intermediate results. Belongs to one thread, and to this network. */
    public Scratch newScratch() {
        return new Scratch(this);
    }

    /**
     * The state before the first step: zeros, or what was learned.
     *
     * @param state this network's from {@code at} on. Modified.
     */
    public void start(float[] state, int at) {
        Arrays.fill(state, at, at + architecture.stateSize(), 0);
        for (var layer = 0; layer < architecture.layers(); layer++) {
            var from = layers.starts().of(layer);
            System.arraycopy(from, 0, state, at + layer * from.length, from.length);
        }
    }

    /**
     * Writes what was learned of a category where {@link #step} and {@link #head} look for it: the last of the inputs and
     * of the extras. Nothing where the network knows no categories. Allocates nothing.
     *
     * @param category its row
     * @param input a step's values, (inputs). Modified.
     * @param extras the head's further inputs, (extras). Modified.
     * @throws IllegalArgumentException if an array has another length or there is no such row
     */
    public void embed(int category, float[] input, float[] extras) {
        if (embedding.length == 0) {
            return;
        }
        var categories = architecture.options().categories();
        Architecture.check("category", category, 0, categories.rows() - 1);
        check("input", architecture.inputs(), input.length);
        check("extras", architecture.head().extras(), extras.length);
        Embedding.put(embedding, category, categories.width(), input, input.length);
        Embedding.put(embedding, category, categories.width(), extras, extras.length);
    }

    /**
     * One step. Allocates nothing.
     *
     * @param input this step's values, (inputs). Not modified.
     * @param hidden the entity's state, (stateSize), as {@link Architecture} describes it; at first from {@link #start}.
     *     Modified.
     * @param scratch this thread's. Modified.
     * @throws IllegalArgumentException if an array has another length
     */
    public void step(float[] input, float[] hidden, Scratch scratch) {
        check("input", architecture.inputs(), input.length);
        check("hidden", architecture.stateSize(), hidden.length);
        scratch.checkOwner(this);
        var size = architecture.layerState();
        for (var layer = 0; layer < architecture.layers(); layer++) {
            var at = layer * size;
            if (layers.decay()) {
                decay(layer, input, hidden, at, scratch.factors);
            }
            var x = layer == 0 ? input : hidden;
            layers.cells()[layer].step(x, layer == 0 ? 0 : at - size, hidden, at, hidden, at, scratch.cells[layer], 1);
        }
        if (layers.attends()) {
            remember(hidden);
        }
    }

    private void decay(int layer, float[] input, float[] state, int at, float[] factors) {
        layers.decays()[layer].factors(input, architecture.options().elapsed(), 0, factors, 1);
        for (int vector = 0; vector < architecture.layerState(); vector += factors.length) {
            Decay.apply(factors, state, at + vector, state, at + vector, factors.length);
        }
    }

    /** The top layer's h becomes the newest of the remembered. */
    private void remember(float[] state) {
        var hidden = architecture.hidden();
        var from = architecture.memoryAt();
        System.arraycopy(state, from + hidden, state, from, state.length - from - hidden);
        System.arraycopy(state, architecture.topAt(), state, state.length - hidden, hidden);
    }

    /**
     * The forecast from a state. Allocates nothing.
     *
     * @param hidden the entity's state; the top layer's h is used, with attention the remembered ones. Not modified.
     * @param profile recent values in model units, (profile). Not modified.
     * @param extras further inputs, (extras). Not modified.
     * @param out the numbers of each horizon, (horizons * width): quantiles in the order of their levels, not sorted, or
     *     what {@link Output#fan} makes quantiles of. Modified.
     * @param scratch this thread's. Modified.
     * @throws IllegalArgumentException if an array has another length
     */
    public void head(float[] hidden, float[] profile, float[] extras, float[] out, Scratch scratch) {
        check("hidden", architecture.stateSize(), hidden.length);
        check("profile", architecture.head().profile(), profile.length);
        check("extras", architecture.head().extras(), extras.length);
        check("out", architecture.head().outputs(), out.length);
        scratch.checkOwner(this);
        var seen = layers.attends() ? attend(hidden, scratch.lookback) : hidden;
        var at = layers.attends() ? 0 : architecture.topAt();
        layers.head().first(seen, at, profile, 0, extras, 0, scratch.head, 1);
        layers.head().second(seen, at, scratch.head, 1);
        System.arraycopy(scratch.head.out()[0], 0, out, 0, out.length);
    }

    /**
     * The linear path's part of the last {@link #head}. Allocates nothing.
     *
     * @param scratch this thread's. Not modified.
     * @param out in model units, (horizons); zeros where the network has no such path. Modified.
     */
    public void linear(Scratch scratch, float[] out) {
        check("out", architecture.head().horizons(), out.length);
        scratch.checkOwner(this);
        if (architecture.head().profile() > 0) {
            var at = scratch.head.lead() + architecture.head().units();
            System.arraycopy(scratch.head.sums()[0], at, out, 0, out.length);
        } else {
            Arrays.fill(out, 0);
        }
    }

    /** What the head sees of a state: the top layer's h, or what attention makes of the remembered ones, (hidden). */
    float[] seen(float[] state) {
        var top = architecture.topAt();
        return layers.attends()
                ? attend(state, new LookbackWork(layers.attention(), 1))
                : Arrays.copyOfRange(state, top, top + architecture.hidden());
    }

    private float[] attend(float[] state, LookbackWork work) {
        for (var k = 0; k < architecture.options().memory(); k++) {
            work.states[k] = state;
            work.at[k] = architecture.memoryAt() + k * architecture.hidden();
        }
        layers.attention().forward(work, 1);
        return work.out;
    }

    /**
     * Whether a state is one that the cell can have: every h within [-1, 1] but for rounding, every number finite and no
     * larger than adding up can make it. Allocates nothing.
     *
     * @param state this network's from {@code at} on. Not modified.
     */
    public boolean isSound(float[] state, int at) {
        var size = architecture.hidden();
        var gates = architecture.cell().gates();
        for (int i = 0; i < architecture.stateSize(); i++) {
            var vector = i < architecture.memoryAt() ? i / size % gates.states() : 0;
            if (!(Math.abs(state[at + i]) <= gates.limit(vector))) {
                return false;
            }
        }
        return true;
    }

    /** Intermediate results of one thread. */
    public static final class Scratch {
        private final Network owner;
        private final CellWork[] cells; // (layers)
        private final float[] factors; // (hidden), of decay
        private final LookbackWork lookback;
        private final HeadWork head;

        private Scratch(Network owner) {
            this.owner = owner;
            this.cells = new CellWork[owner.architecture.layers()];
            for (var layer = 0; layer < cells.length; layer++) {
                cells[layer] = CellWork.live(owner.layers.cells()[layer]);
            }
            this.factors = new float[owner.architecture.hidden()];
            this.lookback = new LookbackWork(owner.layers.attention(), 1);
            this.head = HeadWork.live(owner.layers.head());
        }

        private void checkOwner(Network network) {
            if (owner != network) {
                throw new IllegalArgumentException("scratch: expected this network's own, actual another network's");
            }
        }
    }

    private static SortedMap<String, FMatrixRMaj> checked(
            Architecture architecture, SortedMap<String, FMatrixRMaj> given) {
        var shapes = architecture.tensors();
        for (var name : given.keySet()) {
            if (!shapes.containsKey(name)) {
                throw new IllegalArgumentException(
                        "tensor " + name + ": expected one of " + shapes.keySet() + ", actual unknown");
            }
        }
        var copies = new TreeMap<String, FMatrixRMaj>();
        shapes.forEach((name, shape) -> copies.put(name, checked(name, shape, given.get(name))));
        return copies;
    }

    private static FMatrixRMaj checked(String name, Architecture.Shape expected, @Nullable FMatrixRMaj tensor) {
        if (tensor == null) {
            throw new IllegalArgumentException("tensor " + name + ": expected " + expected + ", actual missing");
        }
        var actual = new Architecture.Shape(tensor.numRows, tensor.numCols);
        if (!actual.equals(expected)) {
            throw new IllegalArgumentException("tensor " + name + ": expected " + expected + ", actual " + actual);
        }
        for (var i = 0; i < expected.size(); i++) {
            if (!Float.isFinite(tensor.data[i])) {
                throw new IllegalArgumentException("tensor " + name + ", row " + i / expected.columns() + ", column "
                        + i % expected.columns() + ": expected a finite number, actual " + tensor.data[i]);
            }
        }
        return tensor.copy();
    }

    private static float[] values(SortedMap<String, FMatrixRMaj> tensors, String name) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        return tensor.data;
    }

    private static void check(String what, int expected, int actual) {
        if (actual != expected) {
            throw new IllegalArgumentException(what + ": expected " + expected + " values, actual " + actual);
        }
    }
}
