package dev.gatecast.kafka;

import dev.gatecast.codec.ActivationCodec;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.ActivationTimeline;
import dev.gatecast.forecast.Model;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Models by id on one topic, and the order of their use on another. A model is published first, read back, and only
 * then activated. Nothing is ever removed. Each call opens its own clients, so an instance may be shared.
 */
public final class ModelRegistry implements AutoCloseable {
    /** What a record batch needs besides the value: headers of batch and record, and the key of 64 characters. */
    private static final int OVERHEAD = 256;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final TopicAdmin admin;
    private final Topics topics;
    private final ActivationCodec activations = new ActivationCodec();
    private final ModelCodec models = new ModelCodec();
    private final CommittedLog log;
    private final RegistryWriter writer;

    public ModelRegistry(Clients clients, Topics topics) {
        this.admin = new TopicAdmin(clients, topics);
        this.topics = topics;
        this.log = new CommittedLog(clients, admin);
        this.writer = new RegistryWriter(
                clients, "gatecast-registry-" + topics.names().models());
    }

    /** Publishes a model as {@link #publish(String, byte[])} does. */
    public void publish(Model model) {
        publish(model.id(), models.encode(model));
    }

    /**
     * A published model, ready to use; empty where it has not been published.
     *
     * @throws KafkaProblem if what was published under this id is no model, or another one
     */
    public Optional<Model> load(String id) {
        return model(id).map(blob -> decoded(id, blob));
    }

    private Model decoded(String id, byte[] blob) {
        var which = "Model " + id + " on topic '" + topics.names().models() + "'";
        try {
            var model = models.decode(blob);
            if (!model.id().equals(id)) {
                throw new KafkaProblem(which + " has the bytes of model " + model.id() + ": something else wrote it");
            }
            return model;
        } catch (UndecodableException e) {
            throw new KafkaProblem(which + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void requireUsable(String id) {
        if (load(id).isEmpty()) {
            throw new KafkaProblem("Model " + id + " is not on topic '"
                    + topics.names().models() + "'. Publish it first; see: gatecast models list");
        }
    }

    /**
     * Publishes a model and reads it back. A model that is there already is left as it is.
     *
     * @param id SHA-256 of its canonical bytes, 64 hexadecimal digits
     * @param blob the model's bytes. Not modified.
     * @throws KafkaProblem if the topic does not take a record of this size, or Kafka fails
     */
    public void publish(String id, byte[] blob) {
        requireId(id);
        requireTopic(topics.names().models());
        checkSize(blob.length);
        var there = model(id);
        if (there.isPresent()) {
            requireSame(id, there, blob);
            return;
        }
        var record = new ProducerRecord<>(topics.names().models(), 0, bytes(id), blob);
        writer.write("publishing model " + id, blob.length + OVERHEAD, () -> List.of(record));
        requireSame(id, model(id), blob);
    }

    private void requireSame(String id, Optional<byte[]> back, byte[] blob) {
        if (back.isEmpty() || !Arrays.equals(back.get(), blob)) {
            throw new KafkaFault("Model " + id + " was published but reads back "
                    + (back.isEmpty() ? "as missing" : "with other bytes") + ". It was not activated; check topic '"
                    + topics.names().models() + "' and publish it again");
        }
    }

    /**
     * Whether the models topic takes a model of this size, before it is trained.
     *
     * @param length bytes
     * @throws KafkaProblem if not, with the setting to change
     */
    public void requireRoom(long length) {
        requireTopic(topics.names().models());
        checkSize(length);
    }

    private void checkSize(long length) {
        var topic = topics.names().models();
        var setting = admin.setting(topic, "max.message.bytes");
        long limit = setting.isEmpty() ? Long.MAX_VALUE : Long.parseLong(setting);
        if (length + OVERHEAD > limit) {
            throw new KafkaProblem("The model has up to " + length + " bytes; topic '" + topic + "' takes at most "
                    + (limit - OVERHEAD) + " (max.message.bytes=" + limit + "). Raise it with: kafka-configs.sh"
                    + " --alter --topic " + topic + " --add-config max.message.bytes=" + (length + 2 * OVERHEAD)
                    + ", or train a smaller model: train.hidden, train.units, train.networks");
        }
    }

    /**
     * Puts a published model to use from an event time on: one record in every partition, in one transaction.
     *
     * @param id a published model
     * @param effectiveFrom event time, milliseconds since the epoch; not before that of the newest activation
     * @return the activation as written
     * @throws KafkaProblem if it is not there or cannot be read, or Kafka fails; nothing is activated then
     */
    public Activation activate(String id, long effectiveFrom) {
        requireId(id);
        requireUsable(id);
        return write(newest -> next(newest, id, effectiveFrom));
    }

    /**
     * Activates the model again that was in use before the newest activation. Twice is back again.
     *
     * @param effectiveFrom event time, milliseconds since the epoch; raised to that of the newest activation
     */
    public Activation rollback(long effectiveFrom) {
        return write(newest -> {
            if (newest == null || newest.previous().isEmpty()) {
                throw new KafkaProblem("There is no earlier model to go back to. See: gatecast models list");
            }
            requireUsable(newest.previous());
            return next(newest, newest.previous(), Math.max(effectiveFrom, newest.effectiveFrom()));
        });
    }

    private static Activation next(@Nullable Activation newest, String id, long effectiveFrom) {
        if (effectiveFrom < 0) {
            throw new KafkaProblem("An activation takes effect at an event time since 1970, not at " + effectiveFrom);
        }
        if (newest == null) {
            return new Activation(id, effectiveFrom, 1, "");
        }
        if (effectiveFrom < newest.effectiveFrom()) {
            throw new KafkaProblem("Activation " + newest.sequence() + " takes effect at "
                    + Tick.text(newest.effectiveFrom()) + "; a later one cannot take effect before it, at "
                    + Tick.text(effectiveFrom));
        }
        return new Activation(id, effectiveFrom, newest.sequence() + 1, newest.modelId());
    }

    private Activation write(Function<@Nullable Activation, Activation> decide) {
        var topic = topics.names().activations();
        int partitions = requireTopic(topic);
        var written = new ArrayList<Activation>();
        writer.write("writing an activation", 0, () -> {
            var activation = decide.apply(current().orElse(null));
            written.add(activation);
            return copies(topic, partitions, activation);
        });
        return written.get(0);
    }

    private List<ProducerRecord<byte[], byte[]>> copies(String topic, int partitions, Activation activation) {
        var value = activations.encode(activation);
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (int i = 0; i < partitions; i++) {
            records.add(new ProducerRecord<>(topic, i, activation.effectiveFrom(), null, value));
        }
        return records;
    }

    /** All models, in the order in which they were first published. */
    public List<ModelEntry> models() {
        var entries = new LinkedHashMap<String, ModelEntry>();
        forEachModel(record -> {
            var id = new String(record.key(), StandardCharsets.UTF_8);
            entries.put(id, new ModelEntry(id, record.value().length, record.timestamp()));
        });
        return List.copyOf(entries.values());
    }

    /** The bytes of a model, or empty where it has not been published. */
    public Optional<byte[]> model(String id) {
        var wanted = bytes(id);
        var found = new ArrayList<byte[]>();
        forEachModel(record -> {
            if (Arrays.equals(record.key(), wanted)) {
                found.add(record.value());
            }
        });
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    private void forEachModel(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        requireTopic(topics.names().models());
        log.forEach(new TopicPartition(topics.names().models(), 0), record -> {
            if (record.key() != null && record.value() != null) {
                visitor.accept(record);
            }
        });
    }

    /** All activations, oldest first. */
    public List<Activation> history() {
        requireTopic(topics.names().activations());
        var timeline = new ActivationTimeline();
        log.forEach(new TopicPartition(topics.names().activations(), 0), record -> timeline.add(decoded(record)));
        return timeline.all();
    }

    private Activation decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                throw new KafkaProblem("Activation at offset " + record.offset() + " of topic '" + record.topic()
                        + "' has no value; something else wrote it");
            }
            return activations.decode(record.value());
        } catch (UndecodableException e) {
            throw new KafkaProblem(
                    "Activation at offset " + record.offset() + " of topic '" + record.topic() + "' cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The newest activation, which may take effect in the future; empty while there is none. */
    public Optional<Activation> current() {
        var all = history();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private int requireTopic(String topic) {
        return admin.partitions(topic)
                .orElseThrow(() -> new KafkaProblem(
                        "Topic '" + topic + "' does not exist. Create it with: gatecast topics create"));
    }

    private static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new KafkaProblem("A model's id has 64 hexadecimal digits, '" + id + "' does not");
        }
    }

    private static byte[] bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        admin.close();
    }
}
