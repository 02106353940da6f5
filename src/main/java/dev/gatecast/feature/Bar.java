package dev.gatecast.feature;

/**
 * A bar that is closed.
 *
 * @param start its first time, milliseconds since the epoch
 * @param values the fields' values, then 1 where the bar had no ticks and is filled, else 0, (fields + 1)
 * @param missing whether the values are guesses
 */
@SuppressWarnings("ArrayRecordComponent")
public record Bar(long start, double[] values, boolean missing) {}
