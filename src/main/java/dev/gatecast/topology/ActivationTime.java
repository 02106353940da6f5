package dev.gatecast.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A moment before an activation takes effect. Streams merges partitions by time and breaks ties at will; this way an
 * activation is always merged before the first tick that it governs.
 */
final class ActivationTime implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp() - 1);
    }
}
