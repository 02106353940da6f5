package dev.gatecast.app;

import dev.gatecast.forecast.Activation;
import dev.gatecast.server.LiveView;
import dev.gatecast.topology.EntityView;
import dev.gatecast.topology.GatecastStreams;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The topology as the server sees it. What it says of models is what the running tasks know, so a swap shows at once. */
record TopologyView(GatecastStreams streams) implements LiveView {
    @Override
    public Readiness readiness() {
        var state = streams.state();
        boolean running = state.equals("RUNNING");
        boolean active = streams.active().isPresent();
        var failure = streams.failure();
        return new Readiness(running, running, active, failure.isPresent() || !streams.alive(), failure.orElse(state));
    }

    /** In the order of their first activation; those never activated come last. */
    @Override
    public List<ModelCard> models() {
        var lineages = streams.lineages();
        var ids = new LinkedHashSet<String>();
        streams.activations().stream()
                .map(Activation::modelId)
                .filter(lineages::containsKey)
                .forEach(ids::add);
        ids.addAll(lineages.keySet());
        return ids.stream()
                .map(id -> new ModelCard(
                        id, Objects.requireNonNull(lineages.get(id)).entries()))
                .toList();
    }

    @Override
    public List<ActivationCard> activations() {
        return streams.activations().stream()
                .map(used -> new ActivationCard(
                        used.modelId(), used.effectiveFrom(), used.sequence(), streams.refused(used)))
                .toList();
    }

    @Override
    public Optional<EntityCard> entity(String entity) {
        return streams.entity(entity).map(TopologyView::card);
    }

    @Override
    public Optional<ExplanationCard> explanation(String entity, int horizon) {
        return streams.explain(entity, horizon)
                .map(explained -> new ExplanationCard(
                        explained.horizon(),
                        explained.forecast(),
                        explained.level(),
                        explained.drivers().stream()
                                .map(driver -> new ExplanationCard.Effect(driver.name(), driver.effect()))
                                .toList(),
                        explained.rest()));
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
}
