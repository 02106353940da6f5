package dev.gatecast.event;

/**
 * One event of one entity. Immutable by agreement: nobody writes into {@code values}.
 *
 * @param entity name of the sensor, instrument, airport; not empty
 * @param time event time, milliseconds since the epoch (or a row number where the data has no times)
 * @param values the fields in the configured order, (fields); NaN where a field is missing
 */
@SuppressWarnings("ArrayRecordComponent") // a defensive copy per tick would cost more than the step
public record Tick(String entity, long time, double[] values) {}
