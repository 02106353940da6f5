package dev.gatecast.topology;

import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.Explainer;
import dev.gatecast.forecast.Explanation;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.TopicAdmin;
import dev.gatecast.kafka.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running application: starts, says how it is, answers queries, closes in bounded time. When it fails for good, it
 * says so once, and whoever owns the process ends it: an application that has stopped must not look alive.
 */
public final class GatecastStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatecastStreams.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    /** After a process that has died, the others wait for it that long; Kafka's 45 s is a long time without forecasts. */
    private static final int SESSION_TIMEOUT_MS = 10_000;

    /** Room for some 70 states; Kafka's 16 KB hold four, and half of the processor time goes into requests. */
    private static final int BATCH_BYTES = 256 << 10;

    private static final String ANY_TIMESTAMP = String.valueOf(Long.MAX_VALUE);

    private final TopologyParts parts;
    private final Clients clients;
    private final KafkaStreams streams;
    private final Consumer<String> onFailure;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Makes the application without starting it.
     *
     * @param partitions how many the ticks topic has
     * @param onFailure called once, on a thread of Kafka's, when the application has failed for good; must not block
     */
    public GatecastStreams(
            TopologySettings settings,
            Formats formats,
            Clients clients,
            int partitions,
            ForecastListener listener,
            Consumer<String> onFailure) {
        this(TopologyParts.of(settings, formats, listener), clients, partitions, onFailure);
    }

    GatecastStreams(TopologyParts parts, Clients clients, int partitions, Consumer<String> onFailure) {
        this.parts = parts;
        this.clients = clients;
        this.onFailure = onFailure;
        var config = new StreamsConfig(properties(parts, clients));
        this.streams = new KafkaStreams(new ForecastTopology(parts).build(partitions, config), config);
        streams.setStateListener((now, before) -> stateChanged(now));
        streams.setUncaughtExceptionHandler(this::uncaught);
    }

    static Map<String, Object> properties(TopologyParts parts, Clients clients) {
        var settings = parts.settings();
        var tuning = settings.tuning();
        var properties = new HashMap<String, Object>();
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, tuning.threads());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, tuning.commitInterval().toMillis());
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, tuning.taskIdle().toMillis());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L); // the entity store has its own
        properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        properties.put(StreamsConfig.mainConsumerPrefix("session.timeout.ms"), SESSION_TIMEOUT_MS);
        properties.put(StreamsConfig.topicPrefix("message.timestamp.before.max.ms"), ANY_TIMESTAMP);
        properties.put(StreamsConfig.topicPrefix("message.timestamp.after.max.ms"), ANY_TIMESTAMP);
        properties.put(StreamsConfig.producerPrefix("batch.size"), BATCH_BYTES);
        properties.putAll(clients.streams());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.instance().applicationId());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, settings.instance().stateDir().toString());
        if (!settings.instance().server().isEmpty()) {
            properties.put(
                    StreamsConfig.APPLICATION_SERVER_CONFIG, settings.instance().server());
        }
        properties.putAll(ErrorHandlers.settings(parts));
        return properties;
    }

    /**
     * Asks Kafka how large a record the output topics take, and starts.
     *
     * @throws dev.gatecast.kafka.KafkaProblem if Kafka does not answer
     */
    public void start() {
        var topics = parts.settings().topics();
        try (var admin = new TopicAdmin(clients, new Topics(topics))) {
            var outputs = List.of(topics.forecasts(), topics.alerts(), topics.deadLetters());
            parts.onlookers().limits().read(admin, outputs, clients.largestRequest());
        }
        streams.start();
    }

    private StreamThreadExceptionResponse uncaught(Throwable error) {
        var message = rootMessage(error);
        LOG.error(
                "The application fails: {}",
                message,
                error.getCause() instanceof UnusableModelException ? null : error);
        failure.compareAndSet(null, message);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private String rootMessage(Throwable error) {
        var cause = error;
        while (!(cause instanceof UnusableModelException) && cause.getCause() != null) {
            cause = cause.getCause();
            if (cause instanceof RecordTooLargeException) {
                return tooLarge();
            }
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private String tooLarge() {
        var topic = parts.onlookers().limits().refusing().orElse("of the outputs");
        return "Topic " + topic + " does not take a record as large as was sent. Raise its max.message.bytes"
                + (topic.endsWith("-changelog") ? " (and streams.topic.max.message.bytes in the configuration)" : "")
                + " and start again; nothing is lost";
    }

    private void stateChanged(KafkaStreams.State now) {
        LOG.debug("The application is {}", now);
        if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            stopped.countDown();
            if (!closing.get()) {
                failure.compareAndSet(null, "Kafka Streams went to " + now + "; the log above says why");
                onFailure.accept(String.valueOf(failure.get()));
            }
        }
    }

    /** The state, in Kafka Streams' words: {@code CREATED}, {@code REBALANCING}, {@code RUNNING}, {@code ERROR}, … */
    public String state() {
        return streams.state().name();
    }

    /** Whether it is alive: not failed and not stopped. */
    public boolean alive() {
        return streams.state().isRunningOrRebalancing() || streams.state() == KafkaStreams.State.CREATED;
    }

    /** Whether it runs with all state restored and a model active. */
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING && active().isPresent();
    }

    /** Why it failed; empty while it has not. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** The newest activation that a task of this process uses; empty while there is none, or its model is not here. */
    public Optional<Activation> active() {
        return parts.library().active();
    }

    /** Where each model that has arrived comes from, by id; empty while no task runs. */
    public SortedMap<String, Lineage> lineages() {
        return parts.onlookers().tasks().lineages();
    }

    /** The activations that a task of this process has read, oldest first; empty while no task runs. */
    public List<Activation> activations() {
        return parts.onlookers().tasks().activations();
    }

    /** Whether an activation is refused, since its model does not go with the ticks: the one before it stays in use. */
    public boolean refused(Activation activation) {
        return parts.library().refused(activation);
    }

    /** What has been counted. */
    public TopologyMetrics metrics() {
        return parts.metrics();
    }

    /** Kafka Streams' own metrics may be bound from this. */
    public KafkaStreams kafkaStreams() {
        return streams;
    }

    /**
     * Names of this process's entities, in the order of their UTF-8 bytes.
     *
     * @param after only those after this name; empty for the first
     * @param limit at most so many
     */
    public List<String> entities(String after, int limit) {
        return parts.onlookers().tasks().names(after, limit);
    }

    /** What is known of an entity of this process; empty where it has not been seen, or is another process's. */
    public Optional<EntityView> entity(String name) {
        return parts.onlookers().tasks().find(name);
    }

    /**
     * Which inputs moved the median of an entity's latest forecast; empty where it has none, or too few values yet.
     *
     * @param horizon steps ahead, from 1
     * @throws IllegalArgumentException if the model has no such horizon
     */
    public Optional<Explanation> explain(String name, int horizon) {
        var view = entity(name).orElse(null);
        var model = view == null ? null : parts.library().known(view.model()).orElse(null);
        if (view == null || model == null) {
            return Optional.empty();
        }
        var explainer = new Explainer(model.of(name), parts.fields());
        return view.recentValues().length < explainer.least()
                ? Optional.empty()
                : Optional.of(explainer.explain(view.recent(), horizon));
    }

    /** Where an entity lives. */
    public sealed interface Owner {
        /** Here. */
        record Here() implements Owner {}

        /** In another process. */
        record There(String host, int port) implements Owner {}

        /** Not known at the moment: the work is being shared out, or the processes do not say where they are. */
        record Unknown() implements Owner {}
    }

    /** Which process has an entity, whether or not it has been seen. */
    public Owner owner(String entity) {
        var own = parts.settings().instance().server();
        if (own.isEmpty()) {
            return new Owner.Here();
        }
        try {
            var metadata = streams.queryMetadataForKey(
                    Names.ENTITY_STORE,
                    DeadLetters.text(parts.formats().ticks().format().series().entity(entity)),
                    Serdes.ByteArray().serializer());
            var host = metadata == null ? HostInfo.unavailable() : metadata.activeHost();
            if (host.equals(HostInfo.unavailable())) {
                return new Owner.Unknown();
            }
            return host.equals(HostInfo.buildFromEndpoint(own))
                    ? new Owner.Here()
                    : new Owner.There(host.host(), host.port());
        } catch (IllegalStateException e) {
            return new Owner.Unknown();
        }
    }

    /** The other processes of the application that say where they are. */
    public List<Owner.There> peers() {
        var own = parts.settings().instance().server();
        return streams.metadataForAllStreamsClients().stream()
                .map(StreamsMetadata::hostInfo)
                .filter(host -> !host.equals(HostInfo.unavailable())
                        && (own.isEmpty() || !host.equals(HostInfo.buildFromEndpoint(own))))
                .map(host -> new Owner.There(host.host(), host.port()))
                .toList();
    }

    /**
     * Stops: commits what is done, leaves the group, closes the stores.
     *
     * @return false if it did not stop in time; the state is then restored at the next start
     */
    public boolean close(Duration limit) {
        closing.set(true);
        // leaving lets the next start, or another process, take over at once instead of after a session timeout
        boolean done = streams.close(CloseOptions.timeout(limit)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        if (!done) {
            LOG.warn("The application did not stop within {} s", limit.toSeconds());
        }
        return done;
    }

    /** The same within 20 seconds. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    /** Waits until it has stopped, closed or failed. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }
}
