package dev.gatecast.kafka;

import dev.gatecast.kafka.TopicSpec.Cleanup;
import dev.gatecast.kafka.TopicSpec.Width;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics and says what is wrong with those that exist. Owns its admin client; thread-safe. */
public final class TopicAdmin implements AutoCloseable {
    private static final Duration VISIBLE_LIMIT = Duration.ofSeconds(15);
    private static final Duration VISIBLE_PAUSE = Duration.ofMillis(50);

    private final Topics topics;
    private final Clients clients;
    private final Admin admin;

    public TopicAdmin(Clients clients, Topics topics) {
        this.topics = topics;
        this.clients = clients;
        this.admin = clients.admin();
    }

    /**
     * What became of a topic that was asked for.
     *
     * @param name the topic
     * @param partitions how many it has
     * @param created false where it existed already
     */
    public record Outcome(String name, int partitions, boolean created) {}

    /**
     * Creates the topics that are missing. Those that exist stay as they are; where the ticks topic exists, its number
     * of partitions is taken for the others.
     *
     * @param partitions of the ticks, where they are created
     * @param replication copies of each record, or -1 for the broker's default
     */
    public List<Outcome> create(int partitions, short replication) {
        var existing = describe();
        var ticks = existing.get(topics.names().ticks());
        int width = ticks == null ? partitions : ticks.partitions().size();
        var outcomes = new ArrayList<Outcome>();
        for (var spec : topics.all()) {
            var there = existing.get(spec.name());
            if (there == null) {
                outcomes.add(create(spec, spec.width() == Width.ONE ? 1 : width, replication));
            } else {
                outcomes.add(new Outcome(spec.name(), there.partitions().size(), false));
            }
        }
        awaitVisible();
        Leaders.await(admin, partitionsOf(outcomes));
        return outcomes;
    }

    /**
     * Creates one more topic for forecasts where it is missing: with as many partitions as the ticks have, 1 without them.
     *
     * @param replication copies of each record, or -1 for the broker's default
     */
    public Outcome createForForecasts(String name, short replication) {
        var ticks = partitions(topics.names().ticks());
        var there = partitions(name);
        var outcome = there.isPresent()
                ? new Outcome(name, there.getAsInt(), false)
                : create(topics.forecasts().named(name), ticks.orElse(1), replication);
        Leaders.await(admin, partitionsOf(List.of(outcome)));
        return outcome;
    }

    private static List<TopicPartition> partitionsOf(List<Outcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome ->
                        IntStream.range(0, outcome.partitions()).mapToObj(i -> new TopicPartition(outcome.name(), i)))
                .toList();
    }

    /** Brokers learn of a topic a little after the controller has made it. */
    private void awaitVisible() {
        var deadline = System.nanoTime() + VISIBLE_LIMIT.toNanos();
        while (describe().size() < topics.all().size()) {
            if (System.nanoTime() > deadline) {
                throw new KafkaFault("Topics were created but do not appear on " + clients.bootstrapServers()
                        + " after " + VISIBLE_LIMIT.toSeconds()
                        + " s. Check the brokers' health and run the command again");
            }
            LockSupport.parkNanos(VISIBLE_PAUSE.toNanos());
        }
    }

    private Outcome create(TopicSpec spec, int partitions, short replication) {
        var settings = new HashMap<>(spec.settings());
        settings.put("cleanup.policy", spec.cleanup().name().toLowerCase(Locale.ROOT));
        var topic = new NewTopic(
                        spec.name(),
                        Optional.of(partitions),
                        replication < 0 ? Optional.empty() : Optional.of(replication))
                .configs(settings);
        try {
            clients.await(
                    "creating topic " + spec.name(),
                    admin.createTopics(List.of(topic)).all());
            return new Outcome(spec.name(), partitions, true);
        } catch (KafkaProblem e) {
            if (e.getCause() instanceof TopicExistsException) {
                return new Outcome(spec.name(), partitions, false);
            }
            throw e;
        }
    }

    /** Everything that keeps the topology from running on these topics, each with what to do; empty when all is well. */
    public List<String> verify() {
        var existing = describe();
        var problems = new ArrayList<String>();
        var present = new ArrayList<TopicSpec>();
        for (var spec : topics.all()) {
            if (existing.containsKey(spec.name())) {
                present.add(spec);
            } else {
                problems.add("Topic '" + spec.name() + "' does not exist. Create it with: gatecast topics create");
            }
        }
        var configs = configs(present);
        for (var spec : present) {
            checkWidth(spec, existing, problems);
            var config = configs.get(spec.name());
            if (config != null) {
                checkCleanup(spec, config, problems);
            }
        }
        return problems;
    }

    private void checkWidth(TopicSpec spec, Map<String, TopicDescription> existing, List<String> problems) {
        var name = spec.name();
        int actual = width(existing, name).orElse(0);
        if (spec.width() == Width.ONE && actual != 1) {
            problems.add("Topic '" + name + "' has " + actual + " partitions, expected 1. Delete it and run: gatecast"
                    + " topics create (models have to be published again)");
        }
        var ticks = width(existing, topics.names().ticks());
        if (spec.width() == Width.AS_TICKS && ticks.isPresent() && actual != ticks.getAsInt()) {
            problems.add("Topic '" + name + "' has " + actual + " partitions, expected " + ticks.getAsInt()
                    + " like topic '" + topics.names().ticks() + "'. Delete it, run: gatecast topics create, and"
                    + " activate the model again");
        }
    }

    private static OptionalInt width(Map<String, TopicDescription> existing, String name) {
        var topic = existing.get(name);
        return topic == null
                ? OptionalInt.empty()
                : OptionalInt.of(topic.partitions().size());
    }

    private void checkCleanup(TopicSpec spec, Config config, List<String> problems) {
        var policy = value(config, "cleanup.policy");
        var expected = spec.cleanup().name().toLowerCase(Locale.ROOT);
        if (!policy.equals(expected)) {
            var harm = spec.cleanup() == Cleanup.COMPACT ? "models would be deleted" : "records would be merged by key";
            problems.add("Topic '" + spec.name() + "' has cleanup.policy=" + policy + ", expected " + expected + ": "
                    + harm + ". " + alter(spec, "cleanup.policy=" + expected));
        }
        if (spec.width() == Width.AS_TICKS && !value(config, "retention.ms").equals("-1")) {
            problems.add("Topic '" + spec.name() + "' has retention.ms=" + value(config, "retention.ms")
                    + ", expected -1: activations would be forgotten. " + alter(spec, "retention.ms=-1"));
        }
    }

    private static String alter(TopicSpec spec, String setting) {
        return "Change it with: kafka-configs.sh --alter --topic " + spec.name() + " --add-config " + setting;
    }

    /** Partitions of a topic, or empty where it does not exist. */
    public OptionalInt partitions(String topic) {
        return width(describe(), topic);
    }

    /** Largest record timestamp in the ticks topic, milliseconds since the epoch; empty while there is no tick. */
    public OptionalLong newestTickTime() {
        return newestTickTimes().values().stream().mapToLong(Long::longValue).max();
    }

    /** Largest record timestamp in each partition of the ticks topic that has any, milliseconds since the epoch. */
    public Map<Integer, Long> newestTickTimes() {
        var name = topics.names().ticks();
        var query = new HashMap<TopicPartition, OffsetSpec>();
        for (int i = 0; i < partitions(name).orElse(0); i++) {
            query.put(new TopicPartition(name, i), OffsetSpec.maxTimestamp());
        }
        var newest = new TreeMap<Integer, Long>();
        clients.await("asking for the newest tick", admin.listOffsets(query).all())
                .forEach((partition, info) -> {
                    if (info.timestamp() >= 0) {
                        newest.put(partition.partition(), info.timestamp());
                    }
                });
        return newest;
    }

    /** The offset after the last record, of open transactions too. */
    long endOffset(TopicPartition partition) {
        var answer = admin.listOffsets(Map.of(partition, OffsetSpec.latest()));
        return clients.await("asking for the end of " + partition, answer.partitionResult(partition))
                .offset();
    }

    /** Bytes of the largest batch that a topic takes, as the broker sees it. */
    public int largestRecord(String topic) {
        var setting = setting(topic, "max.message.bytes");
        return setting.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(setting);
    }

    /** A setting of a topic as the broker sees it, its own defaults included. */
    String setting(String topic, String key) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var configs = clients.await(
                "reading the settings of topic " + topic,
                admin.describeConfigs(List.of(resource)).all());
        var config = configs.get(resource);
        return config == null ? "" : value(config, key);
    }

    private Map<String, TopicDescription> describe() {
        var found = new LinkedHashMap<String, TopicDescription>();
        var names = topics.all().stream().map(TopicSpec::name).toList();
        admin.describeTopics(names).topicNameValues().forEach((name, answer) -> {
            try {
                found.put(name, answer.get());
                clients.answered();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw clients.failed(
                            "Kafka at " + clients.bootstrapServers() + " did not describe topic " + name + " ("
                                    + e.getCause() + "). Check bootstrap.servers and that the brokers run",
                            e);
                }
                clients.answered();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaFault("Interrupted while describing topics", e);
            }
        });
        return found;
    }

    private Map<String, Config> configs(List<TopicSpec> specs) {
        var resources = specs.stream()
                .map(spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))
                .toList();
        var byName = new HashMap<String, Config>();
        clients.await(
                        "reading the topics' settings",
                        admin.describeConfigs(resources).all())
                .forEach((resource, config) -> byName.put(resource.name(), config));
        return byName;
    }

    private static String value(Config config, String key) {
        var entry = config.get(key);
        return entry == null || entry.value() == null ? "" : entry.value();
    }

    @Override
    public void close() {
        admin.close();
    }
}
