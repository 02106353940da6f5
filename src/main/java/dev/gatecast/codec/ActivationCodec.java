package dev.gatecast.codec;

import dev.gatecast.codec.avro.AvroActivation;
import dev.gatecast.forecast.Activation;

/** Activations as bytes, in Avro ({@code schemas/activation.avsc}). */
public final class ActivationCodec implements Codec<Activation> {
    private static final SingleObject OBJECT = new SingleObject(AvroActivation.getClassSchema());

    @Override
    public byte[] encode(Activation activation) {
        return OBJECT.encode(160, out -> {
            out.writeString(activation.modelId());
            out.writeLong(activation.effectiveFrom());
            out.writeLong(activation.sequence());
            out.writeString(activation.previous());
        });
    }

    @Override
    public Activation decode(byte[] bytes) throws UndecodableException {
        return OBJECT.decode(
                bytes, in -> new Activation(in.readString(), in.readLong(), in.readLong(), in.readString()));
    }
}
