package dev.gatecast.codec;

import dev.gatecast.codec.avro.AvroForecast;
import dev.gatecast.event.Forecast;

/** Forecasts in Avro, field by field: the generated class would box every quantile. */
final class ForecastAvro {
    private static final SingleObject OBJECT = new SingleObject(AvroForecast.getClassSchema());

    private ForecastAvro() {}

    static byte[] encode(Forecast forecast) {
        var size = 128 + 3 * forecast.entity().length() + 4 * (forecast.levels().length + forecast.values().length);
        return OBJECT.encode(size, out -> {
            out.writeString(forecast.entity());
            out.writeLong(forecast.madeAt());
            out.writeLong(forecast.cadence());
            out.writeString(forecast.stamp().model());
            out.writeBoolean(forecast.stamp().warming());
            FloatsAvro.write(forecast.levels(), out);
            FloatsAvro.write(forecast.values(), out);
        });
    }

    static Forecast decode(byte[] bytes) throws UndecodableException {
        return OBJECT.decode(bytes, in -> {
            var entity = in.readString();
            var madeAt = in.readLong();
            var cadence = in.readLong();
            var stamp = new Forecast.Stamp(in.readString(), in.readBoolean());
            return checked(new Forecast(entity, madeAt, cadence, FloatsAvro.read(in), FloatsAvro.read(in), stamp));
        });
    }

    /** Refuses quantiles that do not fill their horizons. */
    static Forecast checked(Forecast forecast) throws UndecodableException {
        var levels = forecast.levels().length;
        var values = forecast.values().length;
        if (levels == 0 || values == 0 || values % levels != 0) {
            throw new UndecodableException("as many quantiles as levels for each horizon were expected, not " + values
                    + " for " + levels + " levels");
        }
        return forecast;
    }
}
