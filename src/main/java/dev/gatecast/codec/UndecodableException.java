package dev.gatecast.codec;

/** Bytes that are not what they were read as. The message says what was expected and what came. */
public final class UndecodableException extends Exception {
    /** With what was expected and what came. */
    public UndecodableException(String message) {
        super(message);
    }

    /** With the exception that was met. */
    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
