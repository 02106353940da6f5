package dev.gatecast.codec;

import dev.gatecast.model.Architecture;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * One recurrent layer as ONNX's operator for it: which gate goes where.
 *
 * <p>ONNX has a GRU's gates in the order z, r, h and {@code h' = (1 - z) h~ + z h}. A classic GRU's z means the other
 * share, {@code h' = (1 - z) h + z h~}: its weights go over negated, for {@code σ(-a) = 1 - σ(a)}.
 */
final class OnnxCell {
    private final Architecture sizes;
    private final SortedMap<String, FMatrixRMaj> tensors;
    private final String prefix;

    /**
     * A layer's writer.
     *
     * @param prefix begins the names of its constants
     */
    OnnxCell(Architecture sizes, SortedMap<String, FMatrixRMaj> tensors, String prefix) {
        this.sizes = sizes;
        this.tensors = tensors;
        this.prefix = prefix;
    }

    /**
     * Adds the node of a layer.
     *
     * @param input values of each step, (steps, batch, inputs)
     * @param hidden state before: h, then the memory cell where there is one, each (1, batch, hidden)
     * @param next names for the state after, likewise
     * @return name of the states of all steps, (steps, 1, batch, hidden)
     */
    String add(OnnxGraph graph, int layer, String input, List<String> hidden, List<String> next) {
        var name = prefix + "l" + layer;
        var inputs = layer == 0 ? sizes.inputs() : sizes.hidden();
        var weights = weights(layer);
        graph.floats(name + ".W", weights.input, 1, weights.gates * sizes.hidden(), inputs);
        graph.floats(name + ".R", weights.hidden, 1, weights.gates * sizes.hidden(), sizes.hidden());
        graph.floats(name + ".B", weights.bias, 1, 2L * weights.gates * sizes.hidden());
        graph.node(
                weights.operator,
                joined(List.of(input, name + ".W", name + ".R", name + ".B", ""), hidden),
                joined(List.of(name + ".states"), next),
                weights.attributes);
        return name + ".states";
    }

    /**
     * Adds the nodes that find what is learned of each entity's category.
     *
     * @param category name for it, (batch, width)
     * @return name of the steps' inputs with it at their end, (steps, batch, inputs)
     */
    String withCategory(OnnxGraph graph, String category) {
        var known = sizes.options().categories();
        var table = graph.floats(prefix + "embedding", values("category.embedding"), known.rows(), known.width());
        graph.node("Gather", List.of(table, "category"), List.of(category), new TreeMap<>());
        var once = graph.node("Unsqueeze", List.of(category, graph.wholes(prefix + "outermost", 0)));
        var steps = graph.node("Shape", List.of("input"), new TreeMap<>(Map.of("start", 0L, "end", 1L)));
        var shape = graph.node("Concat", List.of(steps, graph.wholes(prefix + "ones", 1, 1)), OnnxFile.axis(0));
        var everywhere = graph.node("Expand", List.of(once, shape));
        return graph.node("Concat", List.of("input", everywhere), OnnxFile.axis(2));
    }

    private static List<String> joined(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private Weights weights(int layer) {
        return switch (sizes.cell()) {
            case GRU -> likePyTorch("GRU", layer, reset(true), 1, 0, 2); // z r n out of r z n
            case GRU_CLASSIC -> classic(layer);
            case LSTM -> likePyTorch("LSTM", layer, new TreeMap<>(), 0, 3, 1, 2); // i o f g out of i f g o
            case RNN -> likePyTorch("RNN", layer, new TreeMap<>(), 0);
        };
    }

    /** Weights by PyTorch's names, with another order of the gates. */
    private Weights likePyTorch(String operator, int layer, SortedMap<String, Long> attributes, int... order) {
        attributes.put("hidden_size", (long) sizes.hidden());
        var weights = new Weights(operator, order.length, attributes, sizes, layer);
        for (var gate = 0; gate < order.length; gate++) {
            weights.input(gate, values("weight_ih_l" + layer), order[gate], 1);
            weights.hidden(gate, values("weight_hh_l" + layer), order[gate], 1);
            weights.bias(gate, values("bias_ih_l" + layer), order[gate], 1);
            weights.bias(order.length + gate, values("bias_hh_l" + layer), order[gate], 1);
        }
        return weights;
    }

    private Weights classic(int layer) {
        var attributes = reset(false);
        attributes.put("hidden_size", (long) sizes.hidden());
        var weights = new Weights("GRU", 3, attributes, sizes, layer);
        var order = List.of("z", "r", "h");
        for (var gate = 0; gate < 3; gate++) {
            var sign = gate == 0 ? -1 : 1;
            var name = "_" + order.get(gate) + "_l" + layer;
            weights.input(gate, values("W" + name), 0, sign);
            weights.hidden(gate, values("U" + name), 0, sign);
            weights.bias(gate, values("b" + name), 0, sign);
        }
        return weights;
    }

    private static SortedMap<String, Long> reset(boolean after) {
        return new TreeMap<>(Map.of("linear_before_reset", after ? 1L : 0L));
    }

    private float[] values(String name) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        return tensor.data;
    }

    /** Weights of one operator in the making, gate by gate. */
    private static final class Weights {
        final String operator;
        final int gates;
        final float[] input; // (gates * hidden, inputs)
        final float[] hidden; // (gates * hidden, hidden)
        final float[] bias; // (2 * gates * hidden)
        private final int size;
        private final int inputs;
        final SortedMap<String, Long> attributes;

        Weights(String operator, int gates, SortedMap<String, Long> attributes, Architecture sizes, int layer) {
            this.operator = operator;
            this.gates = gates;
            this.attributes = attributes;
            this.size = sizes.hidden();
            this.inputs = layer == 0 ? sizes.inputs() : size;
            this.input = new float[gates * size * inputs];
            this.hidden = new float[gates * size * size];
            this.bias = new float[2 * gates * size];
        }

        void input(int gate, float[] from, int part, int sign) {
            copy(from, part, input, gate, size * inputs, sign);
        }

        void hidden(int gate, float[] from, int part, int sign) {
            copy(from, part, hidden, gate, size * size, sign);
        }

        void bias(int gate, float[] from, int part, int sign) {
            copy(from, part, bias, gate, size, sign);
        }

        private static void copy(float[] from, int part, float[] to, int gate, int length, int sign) {
            for (var i = 0; i < length; i++) {
                to[gate * length + i] = sign * from[part * length + i];
            }
        }
    }
}
