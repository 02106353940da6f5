package dev.gatecast.model;

import java.util.Map;

/** Names and shapes of a GRU's tensors; gates in PyTorch's order r, z, n. */
record GruLayout(String inputWeight, String hiddenWeight, String inputBias, String hiddenBias) {
    static GruLayout of(int layer) {
        return new GruLayout("weight_ih_l" + layer, "weight_hh_l" + layer, "bias_ih_l" + layer, "bias_hh_l" + layer);
    }

    static void declare(int layer, int inputs, int hidden, Map<String, Architecture.Shape> tensors) {
        var names = of(layer);
        tensors.put(names.inputWeight, new Architecture.Shape(3 * hidden, inputs));
        tensors.put(names.hiddenWeight, new Architecture.Shape(3 * hidden, hidden));
        tensors.put(names.inputBias, new Architecture.Shape(3 * hidden, 1));
        tensors.put(names.hiddenBias, new Architecture.Shape(3 * hidden, 1));
    }
}
