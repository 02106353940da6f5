package dev.gatecast.topology;

import dev.gatecast.codec.Decoded;
import dev.gatecast.codec.TickCodec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A tick's own time, also where that is far ahead: Streams takes the activations before it first, and after a silence they
 * are merged with the ticks as before. What is no tick keeps its partition's time, so that it does not vanish.
 */
final class TickTime implements TimestampExtractor {
    private final TickCodec codec;

    TickTime(TickCodec codec) {
        this.codec = codec;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.value() instanceof Incoming.OfTicks incoming
                && incoming.decode(codec, (byte[]) record.key(), record.timestamp()) instanceof Decoded.Good good) {
            return good.tick().time();
        }
        return Math.max(0, partitionTime);
    }
}
