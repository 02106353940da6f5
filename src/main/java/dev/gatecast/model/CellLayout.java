package dev.gatecast.model;

import java.util.List;
import java.util.Map;

/**
 * Where one layer's tensors go in a row of sums. The row has parts of {@code hidden} columns each, one for each product
 * that the equations keep apart.
 *
 * @param parts parts of a row
 * @param ofInput parts that the inputs reach
 * @param ofState parts that the state reaches before the gates are known
 * @param input blocks of the inputs' matrices
 * @param state blocks of the state's matrices
 * @param bias blocks of the biases; where two meet, they add up
 */
record CellLayout(int parts, Span ofInput, Span ofState, List<Block> input, List<Block> state, List<Block> bias) {
    /** Parts from one to another, exclusive. */
    record Span(int from, int to) {
        int parts() {
            return to - from;
        }
    }

    /**
     * Some gates of one tensor, in PyTorch's orientation.
     *
     * @param tensor its name
     * @param gate the first gate in the tensor
     * @param gates how many
     * @param part where the first one goes
     */
    record Block(String tensor, int gate, int gates, int part) {}

    /** Adds the names and shapes of all tensors. {@code tensors} Modified. */
    void declare(int inputs, int hidden, Map<String, Architecture.Shape> tensors) {
        declare(input, inputs, hidden, tensors);
        declare(state, hidden, hidden, tensors);
        declare(bias, 1, hidden, tensors);
    }

    private static void declare(List<Block> blocks, int columns, int hidden, Map<String, Architecture.Shape> tensors) {
        for (var block : blocks) {
            var rows = (block.gate + block.gates) * hidden;
            tensors.merge(block.tensor, new Architecture.Shape(rows, columns), (a, b) -> a.rows() > b.rows() ? a : b);
        }
    }
}
