package dev.gatecast.kafka;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes Kafka clients of bytes that never wait longer than about 30 seconds, and tells what is wrong with the configuration
 * from what is a fault: until the brokers have answered once, a failure is the configuration's. Thread-safe.
 *
 * <p>Settings under {@code kafka.} reach every client; those under {@code admin.}, {@code consumer.}, {@code producer.}
 * and {@code streams.} reach that kind and win over the former.
 */
public final class Clients {
    private static final String API_TIMEOUT_MS = "30000";
    private static final String LARGEST_REQUEST = "1048576"; // Kafka's own
    private static final String REQUEST_TIMEOUT_MS = "15000";
    private static final String SERVERS = "bootstrap.servers";

    private final String bootstrapServers;
    private final Map<String, String> settings;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean looked = new AtomicBoolean();

    /**
     * @param bootstrapServers brokers to start from, {@code host:port,host:port}
     * @param settings keys with one of the prefixes above; others are left alone
     */
    public Clients(String bootstrapServers, Map<String, String> settings) {
        this.bootstrapServers = bootstrapServers;
        this.settings = new LinkedHashMap<>(settings);
    }

    /** Clients of a broker with nothing special to set. */
    public static Clients of(String bootstrapServers) {
        return new Clients(bootstrapServers, Map.of());
    }

    /** Brokers to start from. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** An admin client. */
    public Admin admin() {
        var properties = properties(
                "admin.",
                Map.of(
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS));
        return make(properties, Admin::create);
    }

    /** A consumer without a group that sees committed records only, from the start where no position is set. */
    public Consumer<byte[], byte[]> consumer() {
        var properties = properties(
                "consumer.",
                Map.of(
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS,
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"));
        return make(
                properties, all -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /** What is set for consumers, for a deserializer of the user's. */
    public Map<String, Object> consumerSettings() {
        return properties("consumer.", Map.of());
    }

    /** An idempotent producer that fails a record after half a minute. */
    public Producer<byte[], byte[]> producer() {
        return producer(Map.of());
    }

    /** The same with some settings of its own, for instance a transactional id. */
    Producer<byte[], byte[]> producer(Map<String, Object> own) {
        var properties = properties(
                "producer.",
                Map.of(
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, API_TIMEOUT_MS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS,
                        ProducerConfig.ACKS_CONFIG, "all"));
        properties.putAll(own);
        return make(properties, all -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private <T> T make(Map<String, Object> properties, Function<Map<String, Object>, T> constructor) {
        if (looked.compareAndSet(false, true)) {
            Bootstrap.warnOfUnknownHosts(String.valueOf(properties.get(SERVERS)));
        }
        try {
            return constructor.apply(properties);
        } catch (KafkaException e) {
            throw failed(refusal(properties, innermost(e)), e);
        }
    }

    /** Notes that the brokers have answered. */
    public void answered() {
        answered.set(true);
    }

    /** Whether the brokers have answered one of these clients. */
    public boolean haveAnswered() {
        return answered.get();
    }

    /**
     * What a failure is: the user's to mend before the brokers have answered, a fault from then on.
     *
     * @param message what failed and what to do
     */
    public KafkaProblem failed(String message, Throwable cause) {
        if (answered.get()) {
            return new KafkaFault(message, cause);
        }
        var known = message.contains(bootstrapServers);
        var hint = ". Check " + SERVERS + "=" + bootstrapServers + " and that the brokers run";
        return new KafkaProblem(known ? message : message + hint, cause);
    }

    private static String refusal(Map<String, Object> properties, Throwable reason) {
        var servers = SERVERS + "=" + properties.get(SERVERS);
        var text = String.valueOf(reason.getMessage()).replaceAll("\\s+", " ");
        return text.contains(SERVERS)
                ? servers + ": " + text + "; set it to the host:port of brokers that this machine can look up"
                : "no Kafka client for " + servers + " with these settings: " + text
                        + "; check the settings under kafka., admin., consumer. and producer.";
    }

    /** The first of what went wrong, as far as it has something to say. */
    private static Throwable innermost(Throwable error) {
        var cause = error.getCause();
        return cause == null || cause.getMessage() == null ? error : innermost(cause);
    }

    /** What a Kafka Streams application gets: the brokers, {@code kafka.} and {@code streams.} settings. */
    public Map<String, Object> streams() {
        var properties = properties("streams.", Map.of());
        pass("consumer.", "consumer.", properties);
        pass("producer.", "producer.", properties);
        pass("admin.", "admin.", properties);
        return properties;
    }

    /** Bytes of the largest record that a Kafka Streams application's producer sends. */
    public int largestRequest() {
        var settings = streams();
        var key = ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
        var found = settings.getOrDefault("producer." + key, settings.getOrDefault(key, LARGEST_REQUEST));
        return Integer.parseInt(String.valueOf(found));
    }

    private Map<String, Object> properties(String prefix, Map<String, String> defaults) {
        var properties = new HashMap<String, Object>(defaults);
        properties.put(SERVERS, bootstrapServers);
        pass("kafka.", "", properties);
        pass(prefix, "", properties);
        return properties;
    }

    private void pass(String prefix, String as, Map<String, Object> to) {
        settings.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                to.put(as + key.substring(prefix.length()), value);
            }
        });
    }

    /**
     * Waits for an answer of Kafka, which the clients' own timeouts bound.
     *
     * @param what is being done, for the message: {@code "describing topics"}
     * @throws KafkaProblem with the reason
     */
    public <T> T await(String what, KafkaFuture<T> answer) {
        try {
            var result = answer.get();
            answered();
            return result;
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            throw failed("Kafka failed while " + what + ": " + describe(cause), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaFault("Interrupted while " + what, e);
        }
    }

    static String describe(Throwable error) {
        var name = error.getClass().getSimpleName();
        return error instanceof KafkaException && error.getMessage() != null
                ? name + ": " + error.getMessage()
                : error.toString();
    }
}
