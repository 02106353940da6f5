package dev.gatecast.app;

import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.KafkaFault;
import dev.gatecast.topology.InternalTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Makes an application forget: its place in the ticks, the topics that Kafka Streams keeps for it, and its state on this
 * machine. Ticks, forecasts, alerts, models and activations stay, so that it starts again at the first tick.
 */
final class Reset {
    private final Clients clients;
    private final Admin admin;
    private final String application;
    private final Path state;

    /**
     * A reset that has done nothing yet.
     *
     * @param clients those of the cluster
     * @param admin one of them; not closed
     * @param application the application's id
     * @param state its folder on this machine
     */
    Reset(Clients clients, Admin admin, String application, Path state) {
        this.clients = clients;
        this.admin = admin;
        this.application = application;
        this.state = state;
    }

    /**
     * What there is to forget.
     *
     * @param group whether the consumer group is there
     * @param topics internal topics
     * @param folders folders on this machine
     */
    record Plan(boolean group, List<String> topics, List<Path> folders) {
        boolean isEmpty() {
            return !group && topics.isEmpty() && folders.isEmpty();
        }
    }

    /**
     * Looks, and changes nothing.
     *
     * @throws UserError while an instance runs
     */
    Plan plan() {
        return new Plan(groupIsThere(), internalTopics(), Files.isDirectory(state) ? List.of(state) : List.of());
    }

    /** Does it. */
    void execute(Plan plan) {
        if (plan.group()) {
            clients.await(
                    "deleting the consumer group",
                    admin.deleteConsumerGroups(Set.of(application)).all());
        }
        if (!plan.topics().isEmpty()) {
            clients.await("deleting topics", admin.deleteTopics(plan.topics()).all());
        }
        plan.folders().forEach(Folders::delete);
    }

    private boolean groupIsThere() {
        try {
            var group = admin.describeConsumerGroups(Set.of(application))
                    .describedGroups()
                    .get(application);
            if (group == null) {
                return false;
            }
            var description = group.get();
            if (description.groupState() == GroupState.DEAD) {
                return false;
            }
            var members = description.members().size();
            if (members > 0) {
                throw new UserError("application " + application + " is running, members: " + members
                        + "; stop every instance first (one that was killed is a member for another 45 s)");
            }
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw clients.failed(
                    "Kafka at " + clients.bootstrapServers() + " did not describe the consumer group " + application
                            + ": " + e.getCause() + ". Check bootstrap.servers and that the brokers run",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaFault("Interrupted", e);
        }
    }

    /** Only its own: another application's name may begin with this one's. */
    private List<String> internalTopics() {
        var names = new ArrayList<>(
                clients.await("listing topics", admin.listTopics().names()));
        names.retainAll(InternalTopics.of(application));
        names.sort(Comparator.naturalOrder());
        return names;
    }
}
