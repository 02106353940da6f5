package dev.gatecast.model;

/** What one horizon's forecast costs, given what came. */
public interface Loss {
    /**
     * The loss of one horizon.
     *
     * @param out the head's numbers, this horizon's from {@code from}. Not modified.
     * @param target what came, not NaN
     * @param share factor of the gradient, not of the loss
     * @param d gradient, likewise. Modified.
     */
    double of(float[] out, int from, float target, float share, float[] d);

    /**
     * The same where the value that the forecast was made at counts.
     *
     * @param newest that value in the target's units; 0 where it is unknown
     */
    default double of(float[] out, int from, float target, float newest, float share, float[] d) {
        return of(out, from, target, share, d);
    }
}
