package dev.gatecast.topology;

import dev.gatecast.codec.Decoded;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.kafka.SentAt;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Puts the entity that a field names into the key, and notes where the tick was read, before it is repartitioned. */
final class RekeyProcessor implements Processor<byte[], Incoming, byte[], Incoming> {
    private final TopologyParts parts;
    private final TickCodec codec;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    private ProcessorContext<byte[], Incoming> context;

    @SuppressWarnings("NullAway.Init")
    private Rejects<Incoming> rejects;

    RekeyProcessor(TopologyParts parts) {
        this.parts = parts;
        this.codec = parts.formats().ticks();
    }

    @Override
    public void init(ProcessorContext<byte[], Incoming> context) {
        this.context = context;
        rejects = new Rejects<>(context, Names.REKEY_DEAD_LETTERS, Incoming.OfTicks::new, parts);
    }

    @Override
    public void process(Record<byte[], Incoming> record) {
        if (record.value() instanceof Incoming.OfTicks incoming) {
            var decoded = incoming.decode(codec, record.key(), record.timestamp());
            if (decoded instanceof Decoded.Good good) {
                forward(record, incoming, good);
            } else if (decoded instanceof Decoded.Bad bad) {
                rejects.reject(record, bad.reason(), bad.message());
            }
        }
    }

    private void forward(Record<byte[], Incoming> record, Incoming.OfTicks incoming, Decoded.Good good) {
        var headers = new RecordHeaders();
        context.recordMetadata()
                .ifPresent(metadata -> headers.add(
                        DeadLetters.ORIGIN, Rejects.position(metadata).bytes()));
        SentAt.pass(record.headers(), headers);
        var key = DeadLetters.text(good.tick().entity());
        context.forward(new Record<>(key, incoming, good.tick().time(), headers), Names.TO_BY_ENTITY);
    }
}
