package dev.gatecast.codec;

import org.jspecify.annotations.Nullable;

/** The fields of one record before anybody asks what they mean. */
interface RawTick {
    /** A field as a String, a Long, a Double or an Instant; null where it is absent or null. */
    @Nullable Object get(String field) throws Refusal;

    /** An element of a field that may be a list, as {@link #get}; a field that is none is its own first element. */
    default @Nullable Object get(String field, int element) throws Refusal {
        return element == 0 ? get(field) : null;
    }

    /** What the fields were looked for in, where a message has to name it; else empty. */
    default String source() {
        return "";
    }
}
