package dev.gatecast.codec;

import org.jspecify.annotations.Nullable;

/** A schema registry, as far as it is asked. Threads may share one. */
public interface SchemaRegistry {
    /**
     * The answer to a request, a JSON object; null where the registry does not know what is asked for.
     *
     * @param path the part of the address after the registry's own, beginning with a slash
     * @throws RuntimeException if no answer can be had; the records that need one are no worse for it
     */
    byte @Nullable [] get(String path);

    /** Its address, for messages. */
    String name();
}
