package dev.gatecast.model;

import java.util.Map;

/**
 * An L2 penalty: half of each kind's factor times the sum of its weights' squares, added to the loss. Unlike the weight
 * decay of {@link Adam} it goes through the gradient.
 *
 * @param factors by kind of tensor, not negative; none for a kind that is left alone
 */
public record Penalty(Map<TensorKind, Float> factors) {
    /** Nothing is penalised. */
    public static final Penalty NONE = new Penalty(Map.of());

    /** Checks the factors. */
    public Penalty {
        factors = Map.copyOf(factors);
        factors.forEach((kind, factor) -> {
            if (!(factor >= 0 && Float.isFinite(factor))) {
                throw new IllegalArgumentException("penalty of " + kind + ": expected 0 or more, actual " + factor);
            }
        });
    }

    /**
     * The penalty of the weights.
     *
     * @param gradient that of the penalty is added. Modified.
     */
    public double add(Parameters weights, Parameters gradient) {
        var sum = 0.0;
        for (var i = 0; i < weights.count() && !factors.isEmpty(); i++) {
            var factor = factors.getOrDefault(TensorKind.of(weights.name(i)), 0f);
            if (factor > 0) {
                Rows.add(gradient.values(i), weights.values(i), factor, 0, weights.values(i).length);
                sum += factor * squares(weights.values(i));
            }
        }
        return sum / 2;
    }

    private static double squares(float[] values) {
        var sum = 0.0;
        for (var value : values) {
            sum += (double) value * value;
        }
        return sum;
    }
}
