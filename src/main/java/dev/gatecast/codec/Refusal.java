package dev.gatecast.codec;

import dev.gatecast.event.Rejection;

/** A record that is no tick, on its way to {@link Decoded.Bad}. Without a stack trace: a topic may be full of them. */
final class Refusal extends Exception {
    final Rejection reason;
    final String text;

    Refusal(Rejection reason, String text) {
        super(text, null, false, false);
        this.reason = reason;
        this.text = text;
    }
}
