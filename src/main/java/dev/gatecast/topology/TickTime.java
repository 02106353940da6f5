package dev.gatecast.topology;

import dev.gatecast.codec.Decoded;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.forecast.StreamClock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A tick's own time. What is no tick, or is too far ahead, keeps its partition's time, so that it neither vanishes nor
 * moves time on.
 */
final class TickTime implements TimestampExtractor {
    private final TickCodec codec;
    private final long futureLimit;

    TickTime(TickCodec codec, long futureLimit) {
        this.codec = codec;
        this.futureLimit = futureLimit;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long time = Math.max(0, partitionTime);
        if (record.value() instanceof Incoming.OfTicks incoming
                && incoming.decode(codec, (byte[]) record.key(), record.timestamp()) instanceof Decoded.Good good) {
            boolean ahead = partitionTime >= 0 && StreamClock.ahead(good.tick().time(), partitionTime, futureLimit);
            return ahead ? time : good.tick().time();
        }
        return time;
    }
}
