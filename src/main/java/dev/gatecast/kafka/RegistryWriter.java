package dev.gatecast.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Writes records in one transaction. All writers of a registry share one transactional id: starting one waits for the
 * transaction before it and fences its producer, so what is read after the start is what the next sequence builds on.
 */
final class RegistryWriter {
    private static final int ANSWER_LIMIT_S = 60;

    private final Clients clients;
    private final String transactionalId;

    RegistryWriter(Clients clients, String transactionalId) {
        this.clients = clients;
        this.transactionalId = transactionalId;
    }

    /**
     * Asks for the records once nobody else can write any, and writes them all or none.
     *
     * @param what is being done, for messages: {@code "publishing a model"}
     * @param largest bytes of the largest request
     * @param records what to write
     */
    void write(String what, int largest, Supplier<List<ProducerRecord<byte[], byte[]>>> records) {
        try (var producer = clients.producer(settings(largest))) {
            producer.initTransactions();
            var all = records.get();
            producer.beginTransaction();
            commitOrAbort(producer, all);
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new KafkaFault(
                    "Somebody else wrote to the registry while " + what + ". Nothing was written; try" + " again", e);
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            throw clients.failed("Kafka failed while " + what + ": " + Clients.describe(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaFault("Interrupted while " + what, e);
        }
    }

    private static void commitOrAbort(Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
            throws ExecutionException, InterruptedException, TimeoutException {
        var sent = new ArrayList<Future<RecordMetadata>>();
        try {
            for (var record : records) {
                sent.add(producer.send(record));
            }
            for (var answer : sent) {
                answer.get(ANSWER_LIMIT_S, TimeUnit.SECONDS);
            }
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw e;
        } catch (KafkaException | ExecutionException | TimeoutException | InterruptedException e) {
            producer.abortTransaction();
            throw e;
        }
    }

    private Map<String, Object> settings(int largest) {
        return Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                transactionalId,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                60_000,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Math.max(1 << 20, largest),
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Math.max(32L << 20, 2L * largest));
    }
}
