package dev.gatecast.codec;

import dev.gatecast.model.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ejml.data.FMatrixRMaj;

/**
 * One network's head as ONNX nodes.
 *
 * <pre>
 * out[h, q] = skip(profile)_h + (W2 relu(W1 [h; profile; extras] + b1) + b2)_hq, ascending in q
 * </pre>
 */
final class OnnxHead {
    private static final SortedMap<String, Long> NONE = new TreeMap<>();
    private static final SortedMap<String, Long> TRANSPOSED = new TreeMap<>(Map.of("transB", 1L));

    private final Architecture sizes;
    private final SortedMap<String, FMatrixRMaj> tensors;
    private final String prefix;

    /**
     * A head's writer.
     *
     * @param prefix begins the names of its constants
     */
    OnnxHead(Architecture sizes, SortedMap<String, FMatrixRMaj> tensors, String prefix) {
        this.sizes = sizes;
        this.tensors = tensors;
        this.prefix = prefix;
    }

    /** Declares what heads see beside the hidden state. */
    static void inputs(OnnxGraph graph, Architecture.Head head) {
        if (head.profile() > 0) {
            graph.input("profile", "batch", head.profile());
        }
        if (head.extras() > 0) {
            graph.input("extras", "batch", head.extras());
        }
    }

    /**
     * Adds the head's nodes.
     *
     * @param top state of the top layer, (1, batch, hidden)
     * @return name of the forecast, (batch, horizons, quantiles)
     */
    String add(OnnxGraph graph, String top) {
        var head = sizes.head();
        var state = graph.node("Squeeze", List.of(top, graph.wholes(prefix + "first", 0)), NONE);
        var flat = linear(graph, "head.out", head.units() > 0 ? hiddenLayer(graph, state) : state);
        var shape = graph.wholes(prefix + "shape", 0, head.horizons(), head.quantiles());
        var out = graph.node("Reshape", List.of(flat, shape), NONE);
        if (head.profile() > 0) {
            var skip = linear(graph, "head.skip", "profile");
            var column = graph.node("Unsqueeze", List.of(skip, graph.wholes(prefix + "last", 2)), NONE);
            out = graph.node("Add", List.of(out, column), NONE);
        }
        return ascending(graph, out);
    }

    private String hiddenLayer(OnnxGraph graph, String state) {
        var seen = new ArrayList<>(List.of(state));
        if (sizes.head().profile() > 0) {
            seen.add("profile");
        }
        if (sizes.head().extras() > 0) {
            seen.add("extras");
        }
        var all = seen.size() > 1 ? graph.node("Concat", seen, OnnxFile.axis(1)) : state;
        return graph.node("Relu", List.of(linear(graph, "head.hidden", all)), NONE);
    }

    private String linear(OnnxGraph graph, String name, String input) {
        var weight = constant(graph, name + ".weight", 2);
        var bias = constant(graph, name + ".bias", 1);
        return graph.node("Gemm", List.of(input, weight, bias), TRANSPOSED);
    }

    private String ascending(OnnxGraph graph, String out) {
        var all = graph.wholes(prefix + "quantiles", sizes.head().quantiles());
        var name = prefix + "forecast";
        var order = new TreeMap<>(Map.of("axis", 2L, "largest", 0L, "sorted", 1L));
        graph.node("TopK", List.of(out, all), List.of(name, prefix + "order"), order);
        return name;
    }

    private String constant(OnnxGraph graph, String name, int dimensions) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        return dimensions == 1
                ? graph.floats(prefix + name, tensor.data, tensor.numRows)
                : graph.floats(prefix + name, tensor.data, tensor.numRows, tensor.numCols);
    }
}
