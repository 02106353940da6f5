package dev.gatecast.feature;

import org.jspecify.annotations.Nullable;

/** One step's inputs and the scale they were made with. Scratch of one thread. */
public final class Encoded {
    final float[] inputs; // (inputs)
    final float[] extras; // (extras)
    final float[] profile; // (profile)
    final Shift shift = new Shift();
    int category;
    long time; // of the step, milliseconds since the epoch
    double level;
    double spread = 1;

    @Nullable Tangent tangent; // null where the transform does without

    /** Room for the inputs of {@code spec}. */
    public Encoded(FeatureSpec spec) {
        inputs = new float[spec.inputs()];
        extras = new float[spec.extras()];
        profile = new float[spec.profile()];
    }

    /** Row of the entity's category among those that the model tells apart: {@link Categories}. */
    public int category() {
        return category;
    }

    /** The cell's inputs, (inputs). */
    public float[] inputs() {
        return inputs;
    }

    /** The calendar of the next step and the context, (extras). */
    public float[] extras() {
        return extras;
    }

    /** Values to come and holidays where the model sees any, then the newest values, scaled, newest last, (profile). */
    public float[] profile() {
        return profile;
    }

    /** Mean of the level window, in transformed units. */
    public double level() {
        return level;
    }

    /** Deviation of the level window, not below the floor, in transformed units. */
    public double spread() {
        return spread;
    }
}
