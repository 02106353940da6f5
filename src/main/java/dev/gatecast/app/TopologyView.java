package dev.gatecast.app;

import dev.gatecast.codec.Codec;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.Model;
import dev.gatecast.kafka.KafkaProblem;
import dev.gatecast.kafka.ModelEntry;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.server.LiveView;
import dev.gatecast.topology.EntityView;
import dev.gatecast.topology.GatecastStreams;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology as the server sees it. Models and activations are read from their topics now and then, by a thread of its
 * own, so that a request never waits for Kafka.
 */
final class TopologyView implements LiveView, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyView.class);
    private static final long REFRESH_MILLIS = 2_000;
    private static final long CLOSE_SECONDS = 10;

    private final GatecastStreams streams;
    private final ModelRegistry registry;
    private final Codec<Model> codec;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "gatecast-registry");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, SortedMap<String, String>> lineages = new HashMap<>();
    private volatile List<ModelCard> models = List.of();
    private volatile List<ActivationCard> activations = List.of();

    TopologyView(GatecastStreams streams, ModelRegistry registry, Codec<Model> codec) {
        this.streams = streams;
        this.registry = registry;
        this.codec = codec;
        refresher.scheduleWithFixedDelay(this::refresh, 0, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void refresh() {
        try {
            activations = registry.history().stream().map(TopologyView::card).toList();
            var found = new ArrayList<ModelCard>();
            for (var entry : registry.models()) {
                found.add(new ModelCard(entry.id(), lineage(entry)));
            }
            models = List.copyOf(found);
        } catch (KafkaProblem e) {
            LOG.warn("The models' topics cannot be read at the moment, the list shown may be old: {}", e.getMessage());
        }
    }

    private SortedMap<String, String> lineage(ModelEntry entry) {
        return lineages.computeIfAbsent(entry.id(), id -> {
            try {
                var blob = registry.model(id).orElseThrow(() -> new KafkaProblem("model " + id + " vanished"));
                return codec.decode(blob).lineage().entries();
            } catch (UndecodableException e) {
                LOG.warn("Model {} cannot be read: {}", id, e.getMessage());
                return new java.util.TreeMap<>(Map.of("unreadable", String.valueOf(e.getMessage())));
            }
        });
    }

    private static ActivationCard card(Activation activation) {
        return new ActivationCard(activation.modelId(), activation.effectiveFrom(), activation.sequence());
    }

    @Override
    public Readiness readiness() {
        var state = streams.state();
        boolean running = state.equals("RUNNING");
        boolean active = streams.active().isPresent();
        var failure = streams.failure();
        return new Readiness(running, running, active, failure.isPresent() || !streams.alive(), failure.orElse(state));
    }

    @Override
    public List<ModelCard> models() {
        return models;
    }

    @Override
    public List<ActivationCard> activations() {
        return activations;
    }

    @Override
    public Optional<EntityCard> entity(String entity) {
        return streams.entity(entity).map(TopologyView::card);
    }

    @Override
    public List<EntityCard> entities(int limit) {
        return streams.entities("", limit).stream()
                .flatMap(name -> entity(name).stream())
                .toList();
    }

    private static EntityCard card(EntityView view) {
        return new EntityCard(view.entity(), view.lastTime(), view.rows(), view.recentValues(), view.forecast());
    }

    @Override
    public Owner owner(String entity) {
        var owner = streams.owner(entity);
        if (owner instanceof GatecastStreams.Owner.There there) {
            return Owner.at(URI.create("http://" + there.host() + ":" + there.port()));
        }
        return owner instanceof GatecastStreams.Owner.Here ? Owner.here() : Owner.unknown();
    }

    @Override
    public List<URI> peers() {
        return streams.peers().stream()
                .map(peer -> URI.create("http://" + peer.host() + ":" + peer.port()))
                .toList();
    }

    @Override
    public void close() {
        refresher.shutdown();
        try {
            if (!refresher.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The models' topics are still being read after {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
