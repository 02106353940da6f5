package dev.gatecast.codec;

import org.jspecify.annotations.Nullable;

/** The fields of one record before anybody asks what they mean. */
interface RawTick {
    /** A field as a String, a Long or a Double; null where it is absent or null. */
    @Nullable Object get(String field) throws Refusal;
}
