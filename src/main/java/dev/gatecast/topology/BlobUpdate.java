package dev.gatecast.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the blobs of the models topic in memory, as they are: a restore does the same without this processor. */
final class BlobUpdate implements Processor<byte[], byte[], Void, Void> {
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    private KeyValueStore<byte[], byte[]> blobs;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        blobs = context.getStateStore(Names.BLOB_STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.key() != null && record.value() != null) {
            blobs.put(record.key(), record.value());
        }
    }
}
