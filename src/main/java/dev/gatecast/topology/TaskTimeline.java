package dev.gatecast.topology;

import dev.gatecast.codec.Codec;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.ActivationTimeline;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Lineage;
import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The activations that a task has read, kept in its changelogged store, and the model that governs a tick. */
final class TaskTimeline {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTimeline.class);

    private final KeyValueStore<Long, byte[]> store;
    private final ReadOnlyKeyValueStore<byte[], byte[]> blobs;
    private final Codec<Activation> codec;
    private final ModelLibrary library;
    private final ActivationTimeline timeline = new ActivationTimeline(); // guarded by itself
    private @Nullable Activation used;
    private @Nullable Governing governing;

    TaskTimeline(
            KeyValueStore<Long, byte[]> store,
            ReadOnlyKeyValueStore<byte[], byte[]> blobs,
            Codec<Activation> codec,
            ModelLibrary library) {
        this.store = store;
        this.blobs = blobs;
        this.codec = codec;
        this.library = library;
        restore();
    }

    private void restore() {
        try (var all = store.all()) {
            while (all.hasNext()) {
                var bytes = all.next().value;
                try {
                    timeline.add(codec.decode(bytes));
                } catch (UndecodableException e) {
                    throw new ProcessorStateException(
                            "An activation in store " + store.name() + " cannot be read: " + e.getMessage(), e);
                }
            }
        }
    }

    /** Takes an activation in; throws UndecodableException, and changes nothing, where the bytes are none. */
    Activation add(byte[] bytes) throws UndecodableException {
        var activation = codec.decode(bytes);
        store.put(activation.sequence(), bytes);
        synchronized (timeline) {
            timeline.add(activation);
        }
        return activation;
    }

    /** What governs a tick of this time; null while nothing does. Waits for a model that has not arrived. */
    @Nullable Governing at(long time) {
        var activation = activation(time);
        if (activation == null) {
            return null;
        }
        if (!activation.equals(used)) {
            governing = Governing.of(until(time), one -> library.taken(one, library.require(one, blobs)));
            used = activation;
        }
        return governing;
    }

    /**
     * Notes the model in use at {@code time}, if it is at hand, without waiting for it. One that cannot be read only
     * fails the first tick that it governs, so that a rollback behind it can still save the day.
     */
    void announce(long time) {
        try {
            here(time);
        } catch (UnusableModelException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    /** What governs a tick of this time, where it is at hand; from any thread. */
    @Nullable Governing peek(long time) {
        return here(time);
    }

    /** Nothing where the newest model has not arrived, or neither has one that would be used in its place. */
    private @Nullable Governing here(long time) {
        var all = until(time);
        for (int i = 0; i < all.size(); i++) {
            var model = library.find(all.get(i), blobs);
            if (model == null) {
                return null;
            }
            if (library.taken(all.get(i), model) != null) {
                return new Governing(model, all.get(0).sequence());
            }
        }
        return null;
    }

    private List<Activation> until(long time) {
        synchronized (timeline) {
            return timeline.until(time);
        }
    }

    private @Nullable Activation activation(long time) {
        synchronized (timeline) {
            return timeline.at(time);
        }
    }

    /** All activations read, oldest first; from any thread. */
    List<Activation> all() {
        synchronized (timeline) {
            return timeline.all();
        }
    }

    /** Where each model that has arrived comes from, by id; from any thread. */
    SortedMap<String, Lineage> lineages() {
        return library.lineages(blobs);
    }
}
