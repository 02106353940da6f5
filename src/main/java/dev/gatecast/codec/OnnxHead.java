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
 * out[h, q] = skip(profile)_h + (W2 relu(W1 [h; profile; extras] + b1) + b2)_hq
 * </pre>
 *
 * <p>The quantiles are put in order; of a distribution's numbers {@link OnnxSpread} makes them, of a direction's their softmax.
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

    /** Declares what heads see beside the hidden state; a category's numbers come from its row. */
    static void inputs(OnnxGraph graph, Architecture sizes) {
        var head = sizes.head();
        if (head.profile() > 0) {
            graph.input("profile", "batch", head.profile());
        }
        if (givenExtras(sizes) > 0) {
            graph.input("extras", "batch", givenExtras(sizes));
        }
    }

    private static int givenExtras(Architecture sizes) {
        return sizes.head().extras() - sizes.options().categories().width();
    }

    /**
     * Names of a network's results.
     *
     * @param forecast (batch, horizons, quantiles), ascending
     * @param directions of down, flat and up, (batch, horizons, 3); empty where the head gives none
     */
    record Results(String forecast, String directions) {}

    /**
     * Adds the head's nodes.
     *
     * @param top state of the top layer, (1, batch, hidden)
     * @param category what is learned of each entity's category, (batch, width); empty where nothing is
     * @param levels of the quantiles, ascending
     */
    Results add(OnnxGraph graph, String top, String category, float[] levels) {
        var head = sizes.head();
        var state = graph.node("Squeeze", List.of(top, graph.wholes(prefix + "first", 0)), NONE);
        var seen = head.units() > 0 ? hiddenLayer(graph, state, category) : state;
        var shape = graph.wholes(prefix + "shape", 0, head.horizons(), head.width());
        var numbers = graph.node("Reshape", List.of(linear(graph, "head.out", seen), shape), NONE);
        var output = head.output();
        var rest = output.width() - output.located();
        var parts = rest == 0 ? List.of(numbers) : split(graph, numbers, output.located(), rest);
        var located = parts.get(0);
        if (head.profile() > 0) {
            var skip = linear(graph, "head.skip", "profile");
            var column = graph.node("Unsqueeze", List.of(skip, graph.wholes(prefix + "last", 2)), NONE);
            located = graph.node("Add", List.of(located, column), NONE);
        }
        if (output.ordered() == 0) {
            var spread = new OnnxSpread(graph, prefix + "spread.").quantiles(output, parts.get(1), levels);
            return new Results(graph.node("Add", List.of(located, spread)), "");
        }
        var directions = rest == 0 ? "" : graph.node("Softmax", List.of(parts.get(1)), OnnxFile.axis(2));
        return new Results(ascending(graph, located), directions);
    }

    private List<String> split(OnnxGraph graph, String numbers, int first, int second) {
        var names = List.of(prefix + "located", prefix + "rest");
        var lengths = graph.wholes(prefix + "lengths", first, second);
        graph.node("Split", List.of(numbers, lengths), names, OnnxFile.axis(2));
        return names;
    }

    private String hiddenLayer(OnnxGraph graph, String state, String category) {
        var seen = new ArrayList<>(List.of(state));
        if (sizes.head().profile() > 0) {
            seen.add("profile");
        }
        if (givenExtras(sizes) > 0) {
            seen.add("extras");
        }
        if (!category.isEmpty()) {
            seen.add(category);
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
        var all = graph.wholes(prefix + "quantiles", sizes.head().output().ordered());
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
