package dev.gatecast.feature;

import dev.gatecast.event.Traits;

/**
 * One series of an entity as arrays side by side: the transformed target, and the other fields of the same ticks. An
 * index is one step in all of them. Immutable by agreement where it belongs to a history; a {@link Ring} writes into its
 * own.
 *
 * @param u transformed values of the target, (steps)
 * @param fields the other fields as they came, NaN where one is missing, (fields, steps)
 * @param ahead values of coming steps as they are known at each step, or at the newest alone, NaN where one is not known,
 *     (values, steps or 1): {@link Ahead}
 * @param traits of the entity
 */
@SuppressWarnings("ArrayRecordComponent")
public record Columns(float[] u, float[][] fields, float[][] ahead, Traits traits) {
    private static final float[][] NO_FIELDS = {};

    /** Checks the lengths. */
    public Columns {
        for (var field : fields) {
            if (field.length != u.length) {
                throw new IllegalArgumentException(
                        "fields: as many steps as the target's " + u.length + " expected, got " + field.length);
            }
        }
    }

    /** Of which nothing is known ahead. */
    public Columns(float[] u, float[][] fields, Traits traits) {
        this(u, fields, NO_FIELDS, traits);
    }

    /** A target without other fields. */
    public static Columns of(float[] u) {
        return new Columns(u, NO_FIELDS, Traits.NONE);
    }

    /** One of the values to come, as it is known at the step before {@code end}. */
    float ahead(int number, int end) {
        var values = ahead[number];
        return values.length == 1 ? values[0] : values[end - 1];
    }
}
