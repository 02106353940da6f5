package dev.gatecast.codec;

import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;

/** What a record's bytes turned out to be. */
public sealed interface Decoded {
    /**
     * A tick.
     *
     * @param tick its values in the configured order
     */
    record Good(Tick tick) implements Decoded {}

    /**
     * No tick.
     *
     * @param reason why not
     * @param message what was expected and what came
     */
    record Bad(Rejection reason, String message) implements Decoded {}
}
