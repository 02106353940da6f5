package dev.gatecast.codec;

import dev.gatecast.model.FreeStudentOutput;
import dev.gatecast.model.Output;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a distribution's quantiles lie from its location, as ONNX nodes: {@code e^s} times the standard quantiles, which are
 * constants, or, where ν is learned, lie between two rows of a table.
 */
final class OnnxSpread {
    private static final float MOST = 10; // of |s| and |k|, as in the model
    private static final long INT64 = 7;

    private final OnnxGraph graph;
    private final String prefix;

    /**
     * A writer.
     *
     * @param prefix begins the names of its constants
     */
    OnnxSpread(OnnxGraph graph, String prefix) {
        this.graph = graph;
        this.prefix = prefix;
    }

    /**
     * Adds the nodes.
     *
     * @param numbers what the head gives beside the location, (batch, horizons, 1 or 2)
     * @return name of the distances, (batch, horizons, quantiles)
     */
    String quantiles(Output output, String numbers, float[] levels) {
        var least = graph.floats(prefix + "least", new float[] {-MOST});
        var most = graph.floats(prefix + "most", new float[] {MOST});
        var bounded = graph.node("Clip", List.of(numbers, least, most));
        if (!(output instanceof FreeStudentOutput free)) {
            var standard = new float[levels.length];
            output.fan(levels).quantiles(new float[] {0, 0}, standard);
            return scaled(bounded, graph.floats(prefix + "standard", standard, levels.length));
        }
        var names = List.of(prefix + "scale", prefix + "tails");
        graph.node("Split", List.of(bounded, graph.wholes(prefix + "lengths", 1, 1)), names, OnnxFile.axis(2));
        return scaled(names.get(0), between(names.get(1), free.table(levels)));
    }

    private String scaled(String logarithm, String standard) {
        return graph.node("Mul", List.of(graph.node("Exp", List.of(logarithm)), standard));
    }

    /** The standard quantiles at 1/ν, the logistic function of k. */
    private String between(String k, float[][] rows) {
        var levels = rows[0].length;
        var flat = new float[rows.length * levels];
        for (var row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * levels, levels);
        }
        var table = graph.floats(prefix + "table", flat, rows.length, levels);
        var panels = graph.floats(prefix + "panels", new float[] {rows.length - 1});
        var last = graph.floats(prefix + "last", new float[] {rows.length - 2});
        var at = graph.node("Mul", List.of(graph.node("Sigmoid", List.of(k)), panels));
        var panel = graph.node("Min", List.of(graph.node("Floor", List.of(at)), last));
        var share = graph.node("Sub", List.of(at, panel));
        var column = graph.node("Squeeze", List.of(panel, graph.wholes(prefix + "column", 2)));
        var index = graph.node("Cast", List.of(column), new TreeMap<>(Map.of("to", INT64)));
        var next = graph.node("Add", List.of(index, graph.wholes(prefix + "one", 1)));
        var low = graph.node("Gather", List.of(table, index));
        var high = graph.node("Gather", List.of(table, next));
        var step = graph.node("Sub", List.of(high, low));
        return graph.node("Add", List.of(low, graph.node("Mul", List.of(share, step))));
    }
}
