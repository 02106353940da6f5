package dev.gatecast.forecast;

/**
 * "From this event time on, use that model."
 *
 * @param modelId the model's id, 64 hexadecimal digits
 * @param effectiveFrom event time, milliseconds since the epoch
 * @param sequence 1 for the first activation, one more for each later one
 * @param previous id of the model that it takes over from, empty for the first
 */
public record Activation(String modelId, long effectiveFrom, long sequence, String previous) {
    public Activation {
        if (sequence < 1) {
            throw new IllegalArgumentException("activation: expected a sequence >= 1, got " + sequence);
        }
    }
}
