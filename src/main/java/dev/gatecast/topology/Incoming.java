package dev.gatecast.topology;

import dev.gatecast.codec.Decoded;
import dev.gatecast.codec.TickCodec;
import org.jspecify.annotations.Nullable;

/** The value of a record of one of the two sources, not yet looked into. */
sealed interface Incoming {

    /** The bytes as they came. */
    byte @Nullable [] bytes();

    /** A record of the ticks. Decoded once, when Streams asks for its time; used by one thread. */
    final class OfTicks implements Incoming {
        private final byte @Nullable [] bytes;
        private @Nullable Decoded decoded;

        OfTicks(byte @Nullable [] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte @Nullable [] bytes() {
            return bytes;
        }

        Decoded decode(TickCodec codec, byte @Nullable [] key, long recordTime) {
            if (decoded == null) {
                decoded = codec.decode(key, bytes, recordTime);
            }
            return decoded;
        }
    }

    /** A record of the activations. */
    @SuppressWarnings("ArrayRecordComponent")
    record OfActivations(byte @Nullable [] bytes) implements Incoming {}
}
