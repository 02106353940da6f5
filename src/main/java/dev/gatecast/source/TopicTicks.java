package dev.gatecast.source;

import dev.gatecast.codec.Decoded;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.event.Tick;
import dev.gatecast.kafka.Clients;
import dev.gatecast.kafka.KafkaFault;
import dev.gatecast.kafka.ReadProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ticks of a topic, from its first to its last offset of a range. The order of each partition is kept; the partitions
 * are merged by the ticks' times, the lower partition first where they are equal. Memory holds a few thousand ticks a
 * partition at most.
 */
public final class TopicTicks implements TickSource {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTicks.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TopicRange range;
    private final TickCodec codec;
    private final Fields fields;
    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicLane> lanes = new ArrayList<>();
    private final RowNumbers rows = new RowNumbers();
    private final Rejections rejections = new Rejections();
    private boolean ended;

    private TopicTicks(TopicRange range, TickCodec codec, Fields fields, Consumer<byte[], byte[]> consumer) {
        this.range = range;
        this.codec = codec;
        this.fields = fields;
        this.consumer = consumer;
        for (var part : range.parts()) {
            lanes.add(new TopicLane(new TopicPartition(range.topic(), part.partition()), part));
        }
        consumer.assign(lanes.stream().map(TopicLane::partition).toList());
        lanes.forEach(lane -> consumer.seek(lane.partition(), lane.start()));
    }

    /**
     * Opens a range.
     *
     * @param codec reads the records
     * @param fields the names of the codec's values
     */
    public static TopicTicks open(Clients clients, TopicRange range, TickCodec codec, Fields fields) {
        return new TopicTicks(range, codec, fields, clients.consumer());
    }

    @Override
    public Fields fields() {
        return fields;
    }

    @Override
    public @Nullable SourcedTick next() {
        while (true) {
            if (!starved()) {
                var earliest = earliest();
                if (earliest != null) {
                    return earliest.take();
                }
                if (!ended) {
                    ended = true;
                    compareWithOffsets();
                }
                return null;
            }
            fetch();
        }
    }

    /** Whether the merge has to wait for some partition. */
    private boolean starved() {
        for (var lane : lanes) {
            if (lane.starved()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable TopicLane earliest() {
        TopicLane best = null;
        for (var lane : lanes) {
            var head = lane.head();
            var least = best == null ? null : best.head();
            if (head != null
                    && (least == null || head.tick().time() < least.tick().time())) {
                best = lane;
            }
        }
        return best;
    }

    /** Reads until some lane has more, or all that were starved are at their ends. */
    private void fetch() {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            lanes.forEach(lane -> lane.hold(consumer));
            do {
                if (System.nanoTime() > deadline) {
                    throw new KafkaFault("The brokers gave nothing of topic " + range.topic() + " for "
                            + PATIENCE.toSeconds() + " s; check their health and try again");
                }
                var records = consumer.poll(POLL);
                for (var lane : lanes) {
                    records.records(lane.partition()).forEach(record -> take(lane, record));
                    lane.reached(consumer.position(lane.partition()));
                }
                if (!records.isEmpty()) {
                    return;
                }
            } while (starved());
        } catch (ReadProblem e) {
            throw e;
        } catch (KafkaException e) {
            throw new KafkaFault("Kafka failed while reading topic " + range.topic() + ": " + e.getMessage(), e);
        }
    }

    private void take(TopicLane lane, ConsumerRecord<byte[], byte[]> record) {
        if (!lane.count(record.offset())) {
            return;
        }
        var origin = new Origin.Offset(record.topic(), record.partition(), record.offset());
        var decoded = codec.decode(record.key(), record.value(), record.timestamp());
        if (decoded instanceof Decoded.Good good) {
            add(lane, good.tick(), origin);
        } else if (decoded instanceof Decoded.Bad bad) {
            rejections.add(bad.reason(), () -> origin + ": " + bad.message());
        }
    }

    private void add(TopicLane lane, Tick tick, Origin origin) {
        if (range.times().contains(tick.time())) {
            var counter = rows.of(tick.entity());
            var own = new Tick(counter.entity(), tick.time(), tick.values(), tick.traits());
            lane.add(new SourcedTick(own, counter.next(), origin));
        }
    }

    /** Says so when records were deleted while they were to be read. */
    private void compareWithOffsets() {
        var first = consumer.beginningOffsets(
                lanes.stream().map(TopicLane::partition).toList());
        var lost = lanes.stream()
                .mapToLong(lane -> lane.lost(first.getOrDefault(lane.partition(), 0L)))
                .sum();
        if (lost > 0) {
            LOG.warn(
                    "{} of {} offsets of {} were deleted before they were read. A topic to be replayed needs"
                            + " retention.ms=-1",
                    lost,
                    range.length(),
                    range.topic());
        }
    }

    @Override
    public double progress() {
        if (ended) {
            return 1;
        }
        var length = range.length();
        var read = lanes.stream().mapToLong(TopicLane::read).sum();
        return length == 0 ? 0 : Math.min((double) read / length, 0.999);
    }

    @Override
    public Rejections rejections() {
        return rejections;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    }
}
