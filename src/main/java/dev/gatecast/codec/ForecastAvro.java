package dev.gatecast.codec;

import dev.gatecast.codec.avro.AvroForecast;
import dev.gatecast.event.Forecast;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

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
            write(forecast.levels(), out);
            write(forecast.values(), out);
        });
    }

    static Forecast decode(byte[] bytes) throws UndecodableException {
        return OBJECT.decode(bytes, in -> {
            var entity = in.readString();
            var madeAt = in.readLong();
            var cadence = in.readLong();
            var stamp = new Forecast.Stamp(in.readString(), in.readBoolean());
            return checked(new Forecast(entity, madeAt, cadence, floats(in), floats(in), stamp));
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

    private static void write(float[] values, BinaryEncoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(values.length);
        for (var value : values) {
            out.startItem();
            out.writeFloat(value);
        }
        out.writeArrayEnd();
    }

    private static float[] floats(BinaryDecoder in) throws IOException {
        var values = new float[16];
        var count = 0;
        for (var block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (var i = 0L; i < block; i++) { // as far as the bytes reach, whatever the count says
                var value = in.readFloat();
                values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
                values[count++] = value;
            }
        }
        return Arrays.copyOf(values, count);
    }
}
