package dev.gatecast.model;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.ejml.data.FMatrixRMaj;

/** Networks and inputs with seeded random numbers. */
public final class RandomNetworks {
    private RandomNetworks() {}

    /** All weights uniform in ±0.4. */
    public static Network network(Architecture architecture, long seed) {
        var random = new Random(seed);
        var tensors = new TreeMap<String, FMatrixRMaj>();
        architecture.tensors().forEach((name, shape) -> {
            var values = numbers(shape.size(), 0.4f, random);
            tensors.put(name, new FMatrixRMaj(shape.rows(), shape.columns(), true, values));
        });
        return new Network(architecture, tensors);
    }

    /** Uniform in ±bound. */
    public static float[] numbers(int n, float bound, Random random) {
        var values = new float[n];
        for (var i = 0; i < n; i++) {
            values[i] = (2 * random.nextFloat() - 1) * bound;
        }
        return values;
    }

    static ReferenceNetwork reference(Network network) {
        return new ReferenceNetwork(network.architecture(), doubles(network.tensors()));
    }

    static TreeMap<String, double[]> doubles(Map<String, FMatrixRMaj> tensors) {
        var doubles = new TreeMap<String, double[]>();
        tensors.forEach((name, tensor) -> doubles.put(name, toDoubles(tensor.data)));
        return doubles;
    }

    static double[] toDoubles(float[] from) {
        var to = new double[from.length];
        for (var i = 0; i < to.length; i++) {
            to[i] = from[i];
        }
        return to;
    }

    /** Small networks of every sort: all cells and options, one to four layers, heads with and without each part. */
    static Architecture architecture(Random random) {
        return architecture(random, CellKind.values()[random.nextInt(CellKind.values().length)]);
    }

    /** The same with one cell. */
    static Architecture architecture(Random random, CellKind kind) {
        var units = random.nextBoolean() ? 0 : 1 + random.nextInt(9);
        var head = new Architecture.Head(
                random.nextBoolean() ? 0 : 1 + random.nextInt(7),
                units == 0 ? 0 : random.nextInt(4),
                units,
                1 + random.nextInt(4),
                1 + random.nextInt(5));
        var inputs = 1 + random.nextInt(6);
        var attention = Attention.values()[random.nextInt(3)];
        var options = new Architecture.Options(
                random.nextBoolean(),
                random.nextBoolean() ? random.nextInt(inputs) : Architecture.Options.NO_DECAY,
                attention,
                attention == Attention.NONE ? 0 : 1 + random.nextInt(5));
        return new Architecture(kind, inputs, 1 + random.nextInt(9), 1 + random.nextInt(4), head, options);
    }
}
