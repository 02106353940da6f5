package dev.gatecast.server;

/** The server cannot listen where it was told to; the message says which setting to change. */
public final class HttpStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    HttpStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
