package dev.gatecast.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A topology that answers what it is told to. */
final class FakeView implements LiveView {
    volatile Readiness readiness = new Readiness(true, true, true, false, "RUNNING");
    final List<ModelCard> models = new CopyOnWriteArrayList<>();
    final List<ActivationCard> activations = new CopyOnWriteArrayList<>();
    final Map<String, EntityCard> stored = new HashMap<>();
    final List<URI> peers = new CopyOnWriteArrayList<>();
    volatile Owner owner = Owner.here();

    /** Publishes a model and its activation. */
    void activate(String model, long effectiveFrom, Map<String, String> lineage) {
        models.add(new ModelCard(model, lineage));
        activations.add(new ActivationCard(model, effectiveFrom, activations.size() + 1L, false));
    }

    @Override
    public Readiness readiness() {
        return readiness;
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
        return Optional.ofNullable(stored.get(entity));
    }

    @Override
    public Optional<ExplanationCard> explanation(String entity, int horizon) {
        if (horizon != 1) {
            throw new IllegalArgumentException("horizon: expected 1 to 1, got " + horizon);
        }
        var effects = List.of(new ExplanationCard.Effect("newest value", 4f), new ExplanationCard.Effect("step", -1f));
        return stored.containsKey(entity)
                ? Optional.of(new ExplanationCard(1, 23f, 20f, effects, 0f))
                : Optional.empty();
    }

    @Override
    public List<EntityCard> entities(int limit) {
        return new ArrayList<>(stored.values());
    }

    @Override
    public Owner owner(String entity) {
        return owner;
    }

    @Override
    public List<URI> peers() {
        return peers;
    }
}
