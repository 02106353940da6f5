package dev.gatecast.kafka;

import dev.gatecast.kafka.TopicSpec.Cleanup;
import dev.gatecast.kafka.TopicSpec.Width;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All topics of Gatecast and what each has to be like. Nothing else names a topic. Immutable.
 *
 * <p>Records carry event time, which may lie years back in a replay or ahead of the broker's clock. So no topic expires
 * records by age (forecasts, alerts and dead letters expire by size), and every topic accepts any timestamp.
 */
public final class Topics {
    private static final String FOREVER = "-1";
    private static final String OUTPUT_BYTES = String.valueOf(1L << 30);
    private static final String MODEL_BYTES = String.valueOf(16 << 20);

    private final TopicNames names;

    public Topics(TopicNames names) {
        this.names = names;
    }

    /** The names. */
    public TopicNames names() {
        return names;
    }

    /** All six, ticks first. */
    public List<TopicSpec> all() {
        return List.of(ticks(), forecasts(), alerts(), deadLetters(), models(), activations());
    }

    /** Key: the entity's name (or anything, where a field names it). Value: a tick in the configured format. */
    public TopicSpec ticks() {
        return new TopicSpec(names.ticks(), Cleanup.DELETE, Width.FREE, kept(Map.of()));
    }

    /** Key: the entity's name. Value: a forecast, Avro or JSON. */
    public TopicSpec forecasts() {
        return new TopicSpec(names.forecasts(), Cleanup.DELETE, Width.FREE, bounded());
    }

    /** Key: the entity's name. Value: a change of an alert, Avro or JSON. */
    public TopicSpec alerts() {
        return new TopicSpec(names.alerts(), Cleanup.DELETE, Width.FREE, bounded());
    }

    /** Key and value: the bytes as they came. Headers: where from, and why. */
    public TopicSpec deadLetters() {
        return new TopicSpec(names.deadLetters(), Cleanup.DELETE, Width.FREE, bounded());
    }

    /** Key: the model's id. Value: the model. */
    public TopicSpec models() {
        var settings = kept(Map.of("max.message.bytes", MODEL_BYTES));
        return new TopicSpec(names.models(), Cleanup.COMPACT, Width.ONE, settings);
    }

    /** Key: none. Value: an activation; timestamp: its effective-from; the same record in every partition. */
    public TopicSpec activations() {
        return new TopicSpec(names.activations(), Cleanup.DELETE, Width.AS_TICKS, kept(Map.of()));
    }

    private static Map<String, String> bounded() {
        return kept(Map.of("retention.bytes", OUTPUT_BYTES));
    }

    private static Map<String, String> kept(Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("retention.ms", FOREVER);
        settings.put("message.timestamp.type", "CreateTime");
        settings.put("message.timestamp.before.max.ms", String.valueOf(Long.MAX_VALUE));
        settings.put("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
        return Map.copyOf(settings);
    }
}
