package dev.gatecast.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * The wait for the leaders of new partitions. A topic is made before its leaders take records, and a producer that
 * writes in between may lose its first batch: {@code docs/decisions/004-kafka-findings.md}.
 */
public final class Leaders {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Leaders() {}

    /**
     * Waits until the leader of every partition answers, 15 seconds at most.
     *
     * @throws KafkaProblem when one still does not answer
     */
    public static void await(Admin admin, Collection<TopicPartition> partitions) {
        var query = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> query.put(partition, OffsetSpec.latest()));
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (!answer(admin, query)) {
            if (System.nanoTime() > deadline) {
                throw new KafkaProblem("Leaders of new topics do not answer after " + LIMIT.toSeconds()
                        + " s. Check the brokers' health and run the command again");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean answer(Admin admin, Map<TopicPartition, OffsetSpec> query) {
        try {
            return admin.listOffsets(query).all().get().size() == query.size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw new KafkaProblem("Kafka did not say how far new topics reach (" + e.getCause() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaProblem("Interrupted while waiting for the leaders of new topics", e);
        }
    }
}
