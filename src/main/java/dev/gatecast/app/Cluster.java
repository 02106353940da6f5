package dev.gatecast.app;

import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.ModelRegistry;
import dev.gatecast.kafka.TopicAdmin;
import dev.gatecast.kafka.TopicNames;
import dev.gatecast.kafka.Topics;

/**
 * The Kafka cluster that the configuration names.
 *
 * @param clients makes its clients
 * @param topics our topics on it
 */
record Cluster(Clients clients, Topics topics) {
    static Cluster of(GatecastConfig config) {
        var names = new TopicNames(
                config.text("topics.ticks"),
                config.text("topics.forecasts"),
                config.text("topics.alerts"),
                config.text("topics.dead-letters"),
                config.text("topics.models"),
                config.text("topics.activations"));
        var servers = String.join(",", config.list("bootstrap.servers"));
        return new Cluster(new Clients(servers, config.forClients()), new Topics(names));
    }

    TopicAdmin admin() {
        return new TopicAdmin(clients, topics);
    }

    ModelRegistry registry() {
        return new ModelRegistry(clients, topics);
    }
}
