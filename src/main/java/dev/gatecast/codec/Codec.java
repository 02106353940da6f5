package dev.gatecast.codec;

/**
 * Between things and their bytes: equal things give equal bytes. Threads may share one unless it says otherwise.
 *
 * @param <T> the thing
 */
public interface Codec<T> {
    /** The thing's bytes. */
    byte[] encode(T thing);

    /**
     * The thing of these bytes.
     *
     * @param bytes Not modified.
     * @throws UndecodableException if they are none, whatever they are; memory used is in proportion to their number
     */
    T decode(byte[] bytes) throws UndecodableException;
}
