package dev.gatecast.source;

/** What the user named as a source of ticks cannot be used. The message says where, what came and what was expected. */
public final class BadSource extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With a message alone. */
    public BadSource(String message) {
        super(message);
    }

    /** With the exception that was met. */
    public BadSource(String message, Throwable cause) {
        super(message, cause);
    }
}
