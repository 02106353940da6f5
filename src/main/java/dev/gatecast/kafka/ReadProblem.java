package dev.gatecast.kafka;

import org.apache.kafka.common.KafkaException;

/** What is needed to read records cannot be had now. No fault of the records: who reads them stops and loses none. */
public final class ReadProblem extends KafkaException {
    private static final long serialVersionUID = 1L;

    ReadProblem(String message) {
        super(message);
    }

    ReadProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
