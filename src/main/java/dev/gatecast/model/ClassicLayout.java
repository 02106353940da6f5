package dev.gatecast.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Names and shapes of a classic GRU's tensors: W of the input, U of the state, b; gates r, z and the candidate h.
 *
 * @param input names of W by part of a row of sums, h r z
 * @param hidden names of U
 * @param bias names of b
 */
record ClassicLayout(List<String> input, List<String> hidden, List<String> bias) {
    static ClassicLayout of(int layer) {
        return new ClassicLayout(parts("W_", layer), parts("U_", layer), parts("b_", layer));
    }

    private static List<String> parts(String tensor, int layer) {
        return Stream.of("h", "r", "z")
                .map(gate -> tensor + gate + "_l" + layer)
                .toList();
    }

    String input(int part) {
        return input.get(part);
    }

    String hidden(int part) {
        return hidden.get(part);
    }

    String bias(int part) {
        return bias.get(part);
    }

    static void declare(int layer, int inputs, int hidden, Map<String, Architecture.Shape> tensors) {
        var names = of(layer);
        names.input.forEach(name -> tensors.put(name, new Architecture.Shape(hidden, inputs)));
        names.hidden.forEach(name -> tensors.put(name, new Architecture.Shape(hidden, hidden)));
        names.bias.forEach(name -> tensors.put(name, new Architecture.Shape(hidden, 1)));
    }
}
