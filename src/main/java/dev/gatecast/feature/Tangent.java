package dev.gatecast.feature;

import org.jspecify.annotations.Nullable;

/**
 * A transform continued below a point by its tangent there, for an entity with values that the transform cannot tell apart:
 * a 0 under a logarithm would lie 20 below its like, and spoil level and spread for as long as they look back. The point is
 * the largest of the entity's recent values, so that all of them are taken as they are, but for a factor. Immutable.
 */
public final class Tangent {
    private final Transform transform;
    private final double knee; // in the entity's units
    private final double bent; // the same, transformed
    private final double slope;

    private Tangent(Transform transform, double knee) {
        this.transform = transform;
        this.knee = knee;
        bent = transform.forward(knee);
        slope = transform.slope(knee);
    }

    /**
     * The tangent that a ring's newest values need.
     *
     * @param ring Not modified.
     * @param size how many of them, at most those there are
     * @param former the tangent of the values before, which is returned where it still fits
     * @return null where the transform holds them all
     */
    public static @Nullable Tangent of(Ring ring, int size, Transform transform, @Nullable Tangent former) {
        double most = Transform.LEAST;
        boolean held = true;
        for (int back = 0; back < size; back++) {
            double value = ring.raw(back);
            held &= transform.holds(value);
            most = Math.max(most, Math.abs(value));
        }
        if (held) {
            return null;
        }
        return former != null && former.transform == transform && former.knee == most
                ? former
                : new Tangent(transform, most);
    }

    /** Into the model's units. */
    public float forward(double value) {
        return value < knee ? (float) (bent + slope * (value - knee)) : transform.forward(value);
    }

    /** Back into the entity's units; never decreasing. */
    public float inverse(double transformed) {
        return transformed < bent ? (float) (knee + (transformed - bent) / slope) : transform.inverse(transformed);
    }
}
