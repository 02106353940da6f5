package dev.gatecast.kafka;

import dev.gatecast.codec.UndecodableException;
import dev.gatecast.codec.Unwrapping;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka {@link Deserializer} of the user's class path. Threads may share one: each has an instance of the class for
 * itself, configured with the settings of a consumer, which lives as long as the thread.
 */
public final class UserDeserializer implements Unwrapping {
    private static final List<Class<?>> PASSING = List.of(
            SocketException.class,
            SocketTimeoutException.class,
            UnknownHostException.class,
            HttpTimeoutException.class,
            RetriableException.class);

    private final Class<? extends Deserializer<?>> type;
    private final Map<String, Object> settings;
    private final String topic;
    private final ThreadLocal<Deserializer<?>> own = ThreadLocal.withInitial(this::make);

    private UserDeserializer(Class<? extends Deserializer<?>> type, Map<String, Object> settings, String topic) {
        this.type = type;
        this.settings = settings;
        this.topic = topic;
    }

    /**
     * Finds the class and tries to make an instance.
     *
     * @param settings what it is configured with
     * @param topic what it is told that values come from
     * @throws KafkaProblem if it cannot be used
     */
    public static UserDeserializer of(String name, Map<String, Object> settings, String topic) {
        var deserializer = new UserDeserializer(find(name), settings, topic);
        deserializer.own.get();
        return deserializer;
    }

    @SuppressWarnings("unchecked") // checked one line above
    private static Class<? extends Deserializer<?>> find(String name) {
        try {
            var found = Class.forName(name, true, loader());
            if (!Deserializer.class.isAssignableFrom(found)) {
                throw new KafkaProblem("ticks.deserializer=" + name + ": a class that implements "
                        + Deserializer.class.getName() + " was expected");
            }
            return (Class<? extends Deserializer<?>>) found;
        } catch (ClassNotFoundException | LinkageError e) {
            throw new KafkaProblem(
                    "ticks.deserializer=" + name + ": not found on the class path (" + e
                            + "); name its jars in GATECAST_CLASSPATH",
                    e);
        }
    }

    private static ClassLoader loader() {
        var own = Thread.currentThread().getContextClassLoader();
        return own == null ? UserDeserializer.class.getClassLoader() : own;
    }

    private Deserializer<?> make() {
        try {
            var made = type.getDeclaredConstructor().newInstance();
            made.configure(settings, false);
            return made;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw new KafkaProblem(
                    "ticks.deserializer=" + type.getName() + " cannot be made and configured: " + innermost(e)
                            + "; it gets the settings under kafka. and consumer.",
                    e);
        }
    }

    /** {@inheritDoc} Throws {@link ReadProblem} when the deserializer says that it is no fault of the value. */
    @Override
    public @Nullable Object unwrap(byte[] value) throws UndecodableException {
        try {
            return own.get().deserialize(topic, value);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (isPassing(cause)) {
                    throw new ReadProblem(type.getName() + " could not read now: " + cause, e);
                }
            }
            throw new UndecodableException(type.getName() + ": " + innermost(e), e);
        }
    }

    private static boolean isPassing(Throwable cause) {
        return PASSING.stream().anyMatch(type -> type.isInstance(cause));
    }

    private static Throwable innermost(Throwable error) {
        var cause = error.getCause();
        return cause == null || cause == error ? error : innermost(cause);
    }
}
