package dev.gatecast.codec;

import dev.gatecast.event.Alert;

/** Alerts as bytes, in Avro ({@code schemas/alert.avsc}) or JSON. */
public final class AlertCodec implements Codec<Alert> {
    private final Format format;

    public AlertCodec(Format format) {
        this.format = format;
    }

    @Override
    public byte[] encode(Alert alert) {
        return format == Format.AVRO ? AlertAvro.encode(alert) : AlertJson.encode(alert);
    }

    @Override
    public Alert decode(byte[] bytes) throws UndecodableException {
        return format == Format.AVRO ? AlertAvro.decode(bytes) : AlertJson.decode(bytes);
    }
}
