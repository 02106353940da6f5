package dev.gatecast.kafka;

/**
 * What Kafka did not do for us, in one line that says what to do about it. By itself it is for the user to mend: a wrong
 * address, missing rights, a topic that is not there; {@link KafkaFault} is not.
 */
public sealed class KafkaProblem extends RuntimeException permits KafkaFault {
    private static final long serialVersionUID = 1L;

    public KafkaProblem(String message) {
        super(message);
    }

    public KafkaProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
