package dev.gatecast.model;

import java.util.Map;

/** Names and shapes of a classic GRU's tensors: W of the input, U of the state, b; gates r, z and the candidate h. */
record ClassicLayout(int layer) {
    static final String GATES = "hrz"; // in the order of a row's parts

    String input(int part) {
        return "W_" + suffix(part);
    }

    String hidden(int part) {
        return "U_" + suffix(part);
    }

    String bias(int part) {
        return "b_" + suffix(part);
    }

    private String suffix(int part) {
        return GATES.charAt(part) + "_l" + layer;
    }

    static void declare(int layer, int inputs, int hidden, Map<String, Architecture.Shape> tensors) {
        var names = new ClassicLayout(layer);
        for (var part = 0; part < GATES.length(); part++) {
            tensors.put(names.input(part), new Architecture.Shape(hidden, inputs));
            tensors.put(names.hidden(part), new Architecture.Shape(hidden, hidden));
            tensors.put(names.bias(part), new Architecture.Shape(hidden, 1));
        }
    }
}
