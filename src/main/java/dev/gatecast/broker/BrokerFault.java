package dev.gatecast.broker;

/** What the broker in this process did not do although nothing that was asked for is wrong. */
public final class BrokerFault extends BrokerException {
    private static final long serialVersionUID = 1L;

    BrokerFault(String message, Throwable cause) {
        super(message, cause);
    }
}
