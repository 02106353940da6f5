package dev.gatecast.broker;

/**
 * Why the local broker could not start, in one line that says what to do. By itself it is for the user to mend: a folder, a
 * port; {@link BrokerFault} is not.
 */
public sealed class BrokerException extends RuntimeException permits BrokerFault {
    private static final long serialVersionUID = 1L;

    BrokerException(String message) {
        super(message);
    }

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
