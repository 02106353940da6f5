package dev.gatecast.kafka;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads all committed records of a partition, from the first to the last that is there now. A transaction whose end is
 * not yet known is waited for: a commit returns a little before its records can be seen.
 */
final class CommittedLog {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Clients clients;
    private final TopicAdmin admin;

    CommittedLog(Clients clients, TopicAdmin admin) {
        this.clients = clients;
        this.admin = admin;
    }

    /** Shows each record to {@code visitor}, in order; throws KafkaProblem when the broker does not answer in time. */
    void forEach(TopicPartition partition, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        try (var consumer = clients.consumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = admin.endOffset(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(visitor);
                if (System.nanoTime() > deadline) {
                    throw new KafkaFault("Reading " + partition + " took longer than " + LIMIT.toSeconds()
                            + " s: reached offset " + consumer.position(partition) + " of " + end
                            + ". Check the brokers' health and try again");
                }
            }
        } catch (KafkaException e) {
            throw clients.failed("Kafka failed while reading " + partition + ": " + Clients.describe(e), e);
        }
    }
}
