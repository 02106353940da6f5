package dev.gatecast.topology;

import dev.gatecast.codec.Codec;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.TickNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models of this process, decoded once and shared by its tasks, and the newest one in use. Thread-safe. */
final class ModelLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLibrary.class);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Codec<Model> codec;
    private final String topic;
    private final Duration wait;
    private final TickNames names;
    private final Map<String, Model> decoded = new ConcurrentHashMap<>();
    private final Map<String, Lineage> lineages = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Activation> active = new AtomicReference<>();
    private final Set<Long> refused = ConcurrentHashMap.newKeySet(); // sequences

    /**
     * @param codec reads blobs
     * @param topic where they come from, for messages
     * @param wait how long a missing one is waited for
     * @param names of the ticks' values, which a model has to go with
     */
    ModelLibrary(Codec<Model> codec, String topic, Duration wait, TickNames names) {
        this.codec = codec;
        this.topic = topic;
        this.wait = wait;
        this.names = names;
    }

    /**
     * The model of an activation, waited for where its blob has not arrived.
     *
     * @param blobs the blobs that have arrived, by id
     * @throws UnusableModelException if it does not arrive in time or cannot be read
     */
    Model require(Activation activation, ReadOnlyKeyValueStore<byte[], byte[]> blobs) {
        var deadline = System.nanoTime() + wait.toNanos();
        var model = find(activation, blobs);
        if (model == null) {
            LOG.warn("Waiting for model {} of activation {}", activation.modelId(), activation.sequence());
        }
        while (model == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            model = find(activation, blobs);
        }
        if (model == null) {
            throw new UnusableModelException(
                    "Activation " + activation.sequence() + " names model " + activation.modelId()
                            + ", which did not arrive on topic '" + topic + "' within " + wait.toMillis()
                            + " ms. Publish it, or roll back with: gatecast models rollback; then start again",
                    null);
        }
        return model;
    }

    /** Where each model comes from whose blob has arrived, by id; from any thread. */
    SortedMap<String, Lineage> lineages(ReadOnlyKeyValueStore<byte[], byte[]> blobs) {
        var found = new TreeMap<String, Lineage>();
        try (var entries = blobs.all()) {
            while (entries.hasNext()) {
                var entry = entries.next();
                var id = new String(entry.key, StandardCharsets.UTF_8);
                found.put(id, lineages.computeIfAbsent(id, unused -> lineage(id, entry.value)));
            }
        }
        return found;
    }

    private Lineage lineage(String id, byte[] blob) {
        try {
            return codec.decode(blob).lineage();
        } catch (UndecodableException e) {
            LOG.warn("Model {} on topic '{}' cannot be read: {}", id, topic, e.getMessage());
            return new Lineage(new TreeMap<>(Map.of("unreadable", String.valueOf(e.getMessage()))));
        }
    }

    /** The model of an activation, or null while its blob has not arrived. */
    @Nullable Model find(Activation activation, ReadOnlyKeyValueStore<byte[], byte[]> blobs) {
        var id = activation.modelId();
        var known = decoded.get(id);
        if (known != null) {
            return known;
        }
        var blob = blobs.get(id.getBytes(StandardCharsets.UTF_8));
        if (blob == null) {
            return null;
        }
        try {
            var model = codec.decode(blob);
            decoded.put(id, model);
            return model;
        } catch (UndecodableException e) {
            throw new UnusableModelException(
                    "Activation " + activation.sequence() + " names model " + id + ", whose blob on topic '" + topic
                            + "' cannot be read: " + e.getMessage()
                            + ". Roll back with: gatecast models rollback; then start again",
                    e);
        }
    }

    /** A model that some task has used; from any thread. */
    Optional<Model> known(String id) {
        return Optional.ofNullable(decoded.get(id));
    }

    /**
     * Notes that an activation is in use, where its model goes with the ticks, or else that it is refused.
     *
     * @return the model, or null where it is refused
     */
    @Nullable Model taken(Activation activation, Model model) {
        var misfit = names.misfit(model);
        if (misfit.isPresent()) {
            if (refused.add(activation.sequence())) {
                LOG.warn(
                        "Model {} of activation {} is refused: {}. The model before it stays in use; train one on these"
                                + " ticks, or change ticks.fields and ticks.targets",
                        model.id(),
                        activation.sequence(),
                        misfit.get());
            }
            return null;
        }
        active.accumulateAndGet(activation, (old, now) -> old == null || now.sequence() > old.sequence() ? now : old);
        return model;
    }

    /** Whether an activation was refused, since its model does not go with the ticks; from any thread. */
    boolean refused(Activation activation) {
        return refused.contains(activation.sequence());
    }

    /** The newest activation that a task of this process uses. */
    Optional<Activation> active() {
        return Optional.ofNullable(active.get());
    }
}
