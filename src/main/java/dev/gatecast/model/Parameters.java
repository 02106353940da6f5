package dev.gatecast.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.ejml.data.FMatrixRMaj;

/**
 * Weights that change: one flat float[] per tensor, by the same names and in the same orientation as a {@link Network}'s.
 * Also holds gradients and the moments of an optimiser. Not thread-safe.
 */
public final class Parameters {
    private final Architecture architecture;
    private final List<String> names; // sorted
    private final List<Architecture.Shape> shapes;
    private final List<float[]> values;
    private final Tensors byName = this::values;

    /** All zero. */
    public Parameters(Architecture architecture) {
        this.architecture = architecture;
        var tensors = architecture.tensors();
        this.names = List.copyOf(tensors.keySet());
        this.shapes = List.copyOf(tensors.values());
        this.values = new ArrayList<>();
        shapes.forEach(shape -> values.add(new float[shape.size()]));
    }

    /**
     * Weights to start training from, drawn as PyTorch does.
     *
     * @param levels the levels of the quantiles that will be asked for
     * @param seed the same seed gives the same bits everywhere
     */
    public static Parameters initial(Architecture architecture, float[] levels, long seed) {
        return initial(architecture, levels, seed, Initialiser.PYTORCH);
    }

    /**
     * Weights to start training from: drawn numbers for the cells, attention and the hidden layer, nothing in the skip path
     * and the start, little decay, categories evenly within [-1, 1], and a last layer that forecasts 0.6 (level - 0.5) at each quantile.
     */
    public static Parameters initial(Architecture architecture, float[] levels, long seed, Initialiser initialiser) {
        var output = architecture.head().output();
        var start = new Parameters(architecture);
        var random = new Random(seed);
        for (var i = 0; i < start.names.size(); i++) {
            var name = start.names.get(i);
            var tensor = start.values.get(i);
            if (name.equals(HeadLayout.OUT_BIAS)) {
                output.fit(fan(architecture.head().horizons(), levels), levels, tensor);
            } else if (name.startsWith("decay.weight")) {
                slow(tensor, random);
            } else if (name.equals(Embedding.NAME)) {
                apart(tensor, random);
            } else if (!name.equals(HeadLayout.OUT_WEIGHT) && !HeadLayout.isSkip(name) && !startsZero(name)) {
                initialiser.draw(TensorKind.of(name), tensor, start.sizes(i), random);
            }
        }
        return start;
    }

    private Initialiser.Sizes sizes(int i) {
        var hidden = architecture.hidden();
        var shape = shapes.get(i);
        var ofCell = TensorKind.of(names.get(i)) == TensorKind.INPUT;
        var scale = HeadLayout.fanIn(architecture, names.get(i));
        return new Initialiser.Sizes(shape.columns(), ofCell ? hidden : shape.rows(), scale);
    }

    private static float[] fan(int horizons, float[] levels) {
        var fan = new float[horizons * levels.length];
        for (var i = 0; i < fan.length; i++) {
            fan[i] = 0.6f * (levels[i % levels.length] - 0.5f);
        }
        return fan;
    }

    private static boolean startsZero(String name) {
        return name.startsWith("start_") || name.startsWith("decay.bias");
    }

    /** Above zero, or the maximum in the decay would let no gradient through. */
    private static void slow(float[] tensor, Random random) {
        for (var i = 0; i < tensor.length; i++) {
            tensor[i] = 0.1f * random.nextFloat();
        }
    }

    /** Categories begin as far from one another as scaled inputs are. */
    private static void apart(float[] tensor, Random random) {
        for (var i = 0; i < tensor.length; i++) {
            tensor[i] = 2 * random.nextFloat() - 1;
        }
    }

    /** A copy of a network's weights. */
    public static Parameters of(Network network) {
        var copy = new Parameters(network.architecture());
        network.tensors()
                .forEach((name, tensor) ->
                        System.arraycopy(tensor.data, 0, copy.values(name), 0, tensor.numRows * tensor.numCols));
        return copy;
    }

    /** A copy. */
    public Parameters copy() {
        var copy = new Parameters(architecture);
        copy.set(this);
        return copy;
    }

    /** Takes over all numbers of another of the same architecture. */
    public void set(Parameters other) {
        for (var i = 0; i < values.size(); i++) {
            System.arraycopy(other.values.get(i), 0, values.get(i), 0, values.get(i).length);
        }
    }

    /** A network with a copy of these weights. */
    public Network freeze() {
        var tensors = new TreeMap<String, FMatrixRMaj>();
        forEach((name, rows, columns, tensor) ->
                tensors.put(name, new FMatrixRMaj(rows, columns, true, tensor.clone())));
        return new Network(architecture, tensors);
    }

    /** The shape of the network. */
    public Architecture architecture() {
        return architecture;
    }

    /** Sees each tensor. */
    public interface Visitor {
        /**
         * One tensor.
         *
         * @param values (rows * columns), row by row: the tensor itself
         */
        void tensor(String name, int rows, int columns, float[] values);
    }

    /** Shows every tensor, in the order of names. */
    public void forEach(Visitor visitor) {
        for (var i = 0; i < names.size(); i++) {
            var shape = shapes.get(i);
            visitor.tensor(names.get(i), shape.rows(), shape.columns(), values.get(i));
        }
    }

    /**
     * One tensor itself, row by row.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public float[] values(String name) {
        var i = names.indexOf(name);
        if (i < 0) {
            throw new IllegalArgumentException("tensor: expected one of " + names + ", actual " + name);
        }
        return values.get(i);
    }

    /** Moves each number towards another's by a share: with 0.005 again and again, a running average of the others. */
    public void towards(Parameters other, float share) {
        for (var i = 0; i < values.size(); i++) {
            towards(values.get(i), other.values.get(i), share);
        }
    }

    private static void towards(float[] mine, float[] theirs, float share) {
        for (int j = 0; j < mine.length; j++) {
            mine[j] += share * (theirs[j] - mine[j]);
        }
    }

    /** The Euclidean norm over all tensors. */
    public double norm() {
        var sum = 0.0;
        for (var i = 0; i < values.size(); i++) {
            for (var value : values.get(i)) {
                sum += (double) value * value;
            }
        }
        return Math.sqrt(sum);
    }

    /**
     * Scales all tensors together so that their norm is at most {@code most}, as PyTorch's clip_grad_norm_ does.
     *
     * @return the norm before
     * @throws ArithmeticException if the norm is not finite
     */
    public double clip(double most) {
        var norm = norm();
        if (!Double.isFinite(norm)) {
            throw new ArithmeticException("norm of the gradient: expected a finite number, actual " + norm);
        }
        var factor = most / (norm + 1e-6);
        if (factor < 1) {
            for (var i = 0; i < values.size(); i++) {
                scale(values.get(i), (float) factor);
            }
        }
        return norm;
    }

    private static void scale(float[] tensor, float factor) {
        for (int j = 0; j < tensor.length; j++) {
            tensor[j] *= factor;
        }
    }

    /** Sets all to zero. */
    void clear() {
        for (var i = 0; i < values.size(); i++) {
            Arrays.fill(values.get(i), 0);
        }
    }

    int count() {
        return names.size();
    }

    String name(int i) {
        return names.get(i);
    }

    float[] values(int i) {
        return values.get(i);
    }

    Tensors byName() {
        return byName;
    }
}
