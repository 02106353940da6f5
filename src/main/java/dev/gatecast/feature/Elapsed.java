package dev.gatecast.feature;

/**
 * The time since an entity's last tick as a field of the tick, which nobody sends: ln(1 + seconds), so that a model tells a
 * second from a minute as well as a day from a month.
 */
public final class Elapsed {
    /** The field's name. */
    public static final String NAME = "time since the last tick";

    private static final double SECOND = 1_000;

    private Elapsed() {}

    /** The field of a tick so many milliseconds after the last one; negative counts as 0. */
    public static float of(long milliseconds) {
        return (float) StrictMath.log1p(Math.max(0, milliseconds) / SECOND);
    }

    /** The inverse of {@link #of}, milliseconds; 0 where the field is missing. */
    public static long milliseconds(float field) {
        return Float.isNaN(field) ? 0 : Math.round(StrictMath.expm1(field) * SECOND);
    }
}
