package dev.gatecast.codec;

import org.jspecify.annotations.Nullable;

/** Takes a record's value out of a wrapping of the user's. Threads may share one. */
public interface Unwrapping {
    /**
     * What is in the value: an Avro record, or text or bytes in the configured format; null for nothing.
     *
     * @throws UndecodableException with what is wrong with the value
     */
    @Nullable Object unwrap(byte[] value) throws UndecodableException;
}
