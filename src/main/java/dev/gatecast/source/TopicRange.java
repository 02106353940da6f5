package dev.gatecast.source;

import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.KafkaProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of a topic whose ends are fixed: what is written later does not belong to it, so it can be read again.
 *
 * @param topic the topic's name
 * @param parts its partitions, by number
 * @param times which ticks are wanted
 */
public record TopicRange(String topic, List<Part> parts, Times times) {
    private static final Logger LOG = LoggerFactory.getLogger(TopicRange.class);

    /**
     * Offsets of one partition.
     *
     * @param partition its number
     * @param start first offset
     * @param end one past the last offset
     */
    public record Part(int partition, long start, long end) {}

    /**
     * Times of ticks.
     *
     * @param from the first, milliseconds since the epoch
     * @param to one past the last, milliseconds since the epoch
     */
    public record Times(long from, long to) {
        /** Any time. */
        public static final Times ALL = new Times(Long.MIN_VALUE, Long.MAX_VALUE);

        boolean contains(long time) {
            return from <= time && time < to;
        }
    }

    /** Copies. */
    public TopicRange {
        parts = List.copyOf(parts);
    }

    /**
     * What a topic holds now; records of open transactions and what comes after them are left out.
     *
     * @param times which ticks are wanted
     * @throws BadSource if there is no such topic
     * @throws KafkaProblem if the brokers do not answer
     */
    public static TopicRange now(Clients clients, String topic, Times times) {
        try (var consumer = clients.consumer()) {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions); // without it the consumer logs a warning an offset
            var first = consumer.beginningOffsets(partitions);
            var end = consumer.endOffsets(partitions);
            clients.answered();
            var parts = partitions.stream()
                    .map(partition -> part(partition, first, end))
                    .toList();
            return new TopicRange(topic, parts, times);
        } catch (KafkaException e) {
            throw clients.failed("Kafka failed while looking up the offsets of " + topic + ": " + e.getMessage(), e);
        }
    }

    /**
     * The same part without what was written before a time: its start is looked up instead of searched. Only where a
     * tick's time is its record's timestamp.
     *
     * @throws KafkaProblem if the brokers do not answer
     */
    public TopicRange skipping(Clients clients) {
        if (times.from <= 0) {
            return this;
        }
        try (var consumer = clients.consumer()) {
            var asked = new HashMap<TopicPartition, Long>();
            parts.forEach(part -> asked.put(new TopicPartition(topic, part.partition), times.from));
            consumer.assign(asked.keySet());
            var found = consumer.offsetsForTimes(asked);
            return new TopicRange(
                    topic, parts.stream().map(part -> skipped(part, found)).toList(), times);
        } catch (KafkaException e) {
            throw clients.failed("Kafka failed while looking up a time in " + topic + ": " + e.getMessage(), e);
        }
    }

    private Part skipped(Part part, Map<TopicPartition, OffsetAndTimestamp> found) {
        var first = found.get(new TopicPartition(topic, part.partition));
        var start = first == null ? part.end : Math.min(Math.max(first.offset(), part.start), part.end);
        return new Part(part.partition, start, part.end);
    }

    /**
     * The same part without the offsets of each partition outside two bounds.
     *
     * @param from first offset
     * @param to one past the last offset
     */
    public TopicRange within(long from, long to) {
        var clipped = parts.stream()
                .map(part -> {
                    var start = Math.min(Math.max(part.start, from), part.end);
                    return new Part(part.partition, start, Math.max(start, Math.min(part.end, to)));
                })
                .toList();
        return new TopicRange(topic, clipped, times);
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        var found = consumer.listTopics().getOrDefault(topic, List.of());
        if (found.isEmpty()) {
            throw new BadSource("the topic " + topic + " does not exist; create it with: gatecast topics create");
        }
        return found.stream()
                .map(PartitionInfo::partition)
                .sorted()
                .map(number -> new TopicPartition(topic, number))
                .toList();
    }

    private static Part part(TopicPartition partition, Map<TopicPartition, Long> first, Map<TopicPartition, Long> end) {
        var start = first.getOrDefault(partition, 0L);
        if (start > 0) {
            LOG.warn(
                    "{} begins at offset {}: what came before is deleted. A topic to be replayed needs retention.ms=-1",
                    partition,
                    start);
        }
        return new Part(partition.partition(), start, Math.max(start, end.getOrDefault(partition, 0L)));
    }

    /** Number of offsets. */
    public long length() {
        return parts.stream().mapToLong(part -> part.end - part.start).sum();
    }
}
