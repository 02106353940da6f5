package dev.gatecast.codec;

/** Finds out by which schema of a user's a value was written. Threads may share one. */
interface AvroRecords {
    /** The record that a value is. */
    RawTick read(byte[] value) throws Refusal;
}
