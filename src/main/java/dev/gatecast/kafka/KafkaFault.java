package dev.gatecast.kafka;

/**
 * What Kafka did not do although it had answered before: a broker that died, a time-out in the middle of the work, a right
 * that was taken away. No setting is wrong, so the process ends with exit code 1.
 */
public final class KafkaFault extends KafkaProblem {
    private static final long serialVersionUID = 1L;

    public KafkaFault(String message) {
        super(message);
    }

    public KafkaFault(String message, Throwable cause) {
        super(message, cause);
    }
}
