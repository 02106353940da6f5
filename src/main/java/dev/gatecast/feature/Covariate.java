package dev.gatecast.feature;

import dev.gatecast.feature.FeatureSpec.Spread;

/**
 * Another field of the tick that a model sees: what came with the target, not what it is going to be.
 *
 * @param name of the field
 * @param spread of its values over the training data
 */
public record Covariate(String name, Spread spread) {
    /** Inputs of each: where it stands beside its own recent values, its last step, whether it is missing. */
    static final int INPUTS = 3;

    /** Checks the name. */
    public Covariate {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("covariate: expected the name of a field, got an empty one");
        }
    }
}
