package dev.gatecast.kafka;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.support.Models;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A process that publishes a model and activates it, and halts like one that is killed when so many records have passed
 * its clients: each before it is sent, when it is acknowledged, and when it is read back.
 */
public final class Publishing {
    private static final AtomicInteger LEFT = new AtomicInteger();

    private Publishing() {}

    static Model model(long seed) {
        var lineage = new Lineage(new TreeMap<>(Map.of("seed", Long.toString(seed))));
        return new ModelCodec().name(Models.random(seed).recipe(), lineage);
    }

    static Topics topics(String prefix) {
        return new Topics(TopicNames.DEFAULT.prefixed(prefix));
    }

    /** Arguments: servers, prefix of the topics, seed of the model, events until the end. */
    public static void main(String[] args) {
        LEFT.set(Integer.parseInt(args[3]));
        var settings = Map.of(
                "producer.interceptor.classes", Sent.class.getName(),
                "consumer.interceptor.classes", Read.class.getName());
        try (var registry = new ModelRegistry(new Clients(args[0], settings), topics(args[1]))) {
            var model = model(Long.parseLong(args[2]));
            registry.publish(model);
            registry.activate(model.id(), registry.current().orElseThrow().effectiveFrom());
        }
    }

    private static void event() {
        if (LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(137);
        }
    }

    /** Counts records on their way out, and their acknowledgements. */
    public static final class Sent implements ProducerInterceptor<byte[], byte[]> {
        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            event();
            return record;
        }

        @Override
        public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
            event();
        }

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configs) {}
    }

    /** Counts batches that are read. */
    public static final class Read implements ConsumerInterceptor<byte[], byte[]> {
        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            event();
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configs) {}
    }

    /** Reads every value with its last byte turned over. */
    public static final class Damaged implements ConsumerInterceptor<byte[], byte[]> {
        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            var damaged = new TreeMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>(
                    java.util.Comparator.comparing(TopicPartition::toString));
            for (var partition : records.partitions()) {
                damaged.put(
                        partition,
                        records.records(partition).stream()
                                .map(Damaged::damaged)
                                .toList());
            }
            return new ConsumerRecords<>(damaged, records.nextOffsets());
        }

        private static ConsumerRecord<byte[], byte[]> damaged(ConsumerRecord<byte[], byte[]> record) {
            var value = record.value().clone();
            value[value.length - 1] ^= 1;
            return new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), record.key(), value);
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configs) {}
    }
}
