package dev.gatecast.codec;

/** How forecasts and alerts are written. */
public enum Format {
    /** Avro, single-object encoding of the schemas in {@code schemas}. */
    AVRO,
    /** One JSON object; times are milliseconds since the epoch. */
    JSON
}
