package dev.gatecast.kafka;

/** What Kafka did not do for us, in one line that says what to do about it. */
public final class KafkaProblem extends RuntimeException {
    public KafkaProblem(String message) {
        super(message);
    }

    public KafkaProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
