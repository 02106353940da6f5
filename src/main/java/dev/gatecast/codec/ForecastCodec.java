package dev.gatecast.codec;

import dev.gatecast.event.Forecast;

/** Forecasts as bytes, in Avro ({@code schemas/forecast.avsc}) or JSON. */
public final class ForecastCodec implements Codec<Forecast> {
    private final Format format;

    public ForecastCodec(Format format) {
        this.format = format;
    }

    @Override
    public byte[] encode(Forecast forecast) {
        return format == Format.AVRO ? ForecastAvro.encode(forecast) : ForecastJson.encode(forecast);
    }

    @Override
    public Forecast decode(byte[] bytes) throws UndecodableException {
        return format == Format.AVRO ? ForecastAvro.decode(bytes) : ForecastJson.decode(bytes);
    }
}
