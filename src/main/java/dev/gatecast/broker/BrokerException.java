package dev.gatecast.broker;

/** Why the local broker could not start, in one line that says what to do. */
public final class BrokerException extends RuntimeException {
    BrokerException(String message) {
        super(message);
    }

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
