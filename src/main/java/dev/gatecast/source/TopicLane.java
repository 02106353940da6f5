package dev.gatecast.source;

import java.util.ArrayDeque;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One partition in the merge, some ticks ahead. */
final class TopicLane {
    private static final int MOST_AHEAD = 2_000;

    private final TopicPartition partition;
    private final TopicRange.Part part;
    private final ArrayDeque<SourcedTick> ahead = new ArrayDeque<>();
    private long position;
    private long firstRead = -1;
    private boolean held;

    TopicLane(TopicPartition partition, TopicRange.Part part) {
        this.partition = partition;
        this.part = part;
        position = part.start();
    }

    TopicPartition partition() {
        return partition;
    }

    long start() {
        return part.start();
    }

    /** Whether the merge cannot go on without more of this partition. */
    boolean starved() {
        return ahead.isEmpty() && position < part.end();
    }

    @Nullable SourcedTick head() {
        return ahead.peek();
    }

    SourcedTick take() {
        return ahead.remove();
    }

    void add(SourcedTick tick) {
        ahead.add(tick);
    }

    /** Notes a record; whether it belongs to the range. */
    boolean count(long offset) {
        if (offset >= part.end()) {
            return false;
        }
        firstRead = firstRead < 0 ? offset : firstRead;
        return true;
    }

    /** Notes where the consumer stands. */
    void reached(long offset) {
        position = Math.min(offset, part.end());
    }

    long read() {
        return position - part.start();
    }

    /**
     * Offsets of the range that were deleted before they were read.
     *
     * @param logStart where the partition begins by now
     */
    long lost(long logStart) {
        var until = Math.min(logStart, firstRead < 0 ? part.end() : firstRead);
        return Math.max(0, until - part.start());
    }

    /** Lets the consumer fetch this partition, or not while enough is ahead or the end is reached. */
    void hold(Consumer<?, ?> consumer) {
        var enough = ahead.size() >= MOST_AHEAD || position >= part.end();
        if (enough != held) {
            held = enough;
            if (enough) {
                consumer.pause(List.of(partition));
            } else {
                consumer.resume(List.of(partition));
            }
        }
    }
}
