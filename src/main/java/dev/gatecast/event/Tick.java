package dev.gatecast.event;

import java.time.Instant;

/**
 * One event of one entity. Immutable by agreement: nobody writes into {@code values}.
 *
 * @param entity name of the sensor, instrument, airport; not empty
 * @param time event time, milliseconds since the epoch (or a row number where the data has no times)
 * @param values the fields in the configured order, (fields); NaN where a field is missing
 * @param missing true where nothing came: the tick stands for a bar without ticks, and its values are guesses, or NaN where
 *     the forecaster is to guess
 * @param traits what it says of its entity
 */
@SuppressWarnings("ArrayRecordComponent") // a defensive copy per tick would cost more than the step
public record Tick(String entity, long time, double[] values, boolean missing, Traits traits) {
    /** A target further from 0 is taken for no measurement. */
    public static final double LARGEST = 1e30;

    /** In 1973; numbers below it may count steps. */
    private static final long SURELY_A_TIME = 100_000_000_000L; // milliseconds since the epoch

    /** One that came, and says nothing of its entity. */
    public Tick(String entity, long time, double[] values) {
        this(entity, time, values, false, Traits.NONE);
    }

    /** One that says nothing of its entity. */
    public Tick(String entity, long time, double[] values, boolean missing) {
        this(entity, time, values, missing, Traits.NONE);
    }

    /** One that came. */
    public Tick(String entity, long time, double[] values, Traits traits) {
        this(entity, time, values, false, traits);
    }

    /** A tick's time for people: as ISO-8601 in UTC and as the number that it is; what may count steps as the number alone. */
    public static String text(long time) {
        return time < SURELY_A_TIME ? Long.toString(time) : Instant.ofEpochMilli(time) + " (" + time + ")";
    }
}
