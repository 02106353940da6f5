package dev.gatecast.topology;

import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;

/** An activation in force names a model that cannot be had. Ends the task, since going on would mean other forecasts. */
final class UnusableModelException extends StreamsException {
    @SuppressWarnings("NullAway") // a cause may be null
    UnusableModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
