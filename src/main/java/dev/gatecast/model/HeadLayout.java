package dev.gatecast.model;

import java.util.Map;

/** Names and shapes of the head's tensors. */
final class HeadLayout {
    static final String SKIP_WEIGHT = "head.skip.weight"; // (horizons, profile)
    static final String SKIP_BIAS = "head.skip.bias"; // (horizons)
    static final String HIDDEN_WEIGHT = "head.hidden.weight"; // (units, hidden + profile + extras)
    static final String HIDDEN_BIAS = "head.hidden.bias"; // (units)
    static final String OUT_WEIGHT = "head.out.weight"; // (outputs, units), or (outputs, hidden) without units
    static final String OUT_BIAS = "head.out.bias"; // (outputs), each horizon's quantiles together

    private HeadLayout() {}

    static void declare(Architecture all, Map<String, Architecture.Shape> tensors) {
        var head = all.head();
        if (head.profile() > 0) {
            tensors.put(SKIP_WEIGHT, new Architecture.Shape(head.horizons(), head.profile()));
            tensors.put(SKIP_BIAS, new Architecture.Shape(head.horizons(), 1));
        }
        if (head.units() > 0) {
            tensors.put(
                    HIDDEN_WEIGHT, new Architecture.Shape(head.units(), all.hidden() + head.profile() + head.extras()));
            tensors.put(HIDDEN_BIAS, new Architecture.Shape(head.units(), 1));
        }
        tensors.put(OUT_WEIGHT, new Architecture.Shape(head.outputs(), outInputs(all)));
        tensors.put(OUT_BIAS, new Architecture.Shape(head.outputs(), 1));
    }

    /** Inputs of the last linear map. */
    static int outInputs(Architecture all) {
        return all.head().units() > 0 ? all.head().units() : all.hidden();
    }

    static boolean isSkip(String name) {
        return name.equals(SKIP_WEIGHT) || name.equals(SKIP_BIAS);
    }

    /** What PyTorch's starting numbers are scaled by: the hidden size in a cell, the inputs in the hidden layer. */
    static int fanIn(Architecture all, String name) {
        var ofHead = name.equals(HIDDEN_WEIGHT) || name.equals(HIDDEN_BIAS);
        return ofHead ? all.hidden() + all.head().profile() + all.head().extras() : all.hidden();
    }
}
