package dev.gatecast.codec;

import dev.gatecast.codec.avro.AvroForecast;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Forecast.Directions;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.jspecify.annotations.Nullable;

/** Forecasts in Avro, field by field: the generated class would box every quantile. */
final class ForecastAvro {
    private static final SingleObject OBJECT = new SingleObject(AvroForecast.getClassSchema());
    private static final SingleObject WITHOUT_MEANS = OBJECT.without("means"); // as forecasts were before
    private static final SingleObject WITHOUT_DIRECTIONS = WITHOUT_MEANS.without("directions"); // as they were at first
    private static final float[] UNKNOWN = {};
    private static final int NULL = 0; // branch of the directions
    private static final int RECORD = 1;

    private ForecastAvro() {}

    static byte[] encode(Forecast forecast) {
        var size = 128
                + 3 * forecast.entity().length()
                + 4 * (forecast.levels().length + forecast.values().length + forecast.means().length);
        return OBJECT.encode(size, out -> {
            out.writeString(forecast.entity());
            out.writeLong(forecast.madeAt());
            out.writeLong(forecast.cadence());
            out.writeString(forecast.stamp().model());
            out.writeBoolean(forecast.stamp().warming());
            FloatsAvro.write(forecast.levels(), out);
            FloatsAvro.write(forecast.values(), out);
            write(forecast.directions(), out);
            FloatsAvro.write(forecast.means(), out);
        });
    }

    static Forecast decode(byte[] bytes) throws UndecodableException {
        if (WITHOUT_DIRECTIONS.begins(bytes)) {
            return WITHOUT_DIRECTIONS.decode(bytes, in -> read(in, false, false));
        }
        return WITHOUT_MEANS.begins(bytes)
                ? WITHOUT_MEANS.decode(bytes, in -> read(in, true, false))
                : OBJECT.decode(bytes, in -> read(in, true, true));
    }

    private static Forecast read(BinaryDecoder in, boolean directed, boolean averaged)
            throws IOException, UndecodableException {
        var entity = in.readString();
        var madeAt = in.readLong();
        var cadence = in.readLong();
        var stamp = new Forecast.Stamp(in.readString(), in.readBoolean());
        var levels = FloatsAvro.read(in);
        var values = FloatsAvro.read(in);
        var directions = directed ? directions(in) : null;
        var means = averaged ? FloatsAvro.read(in) : UNKNOWN;
        return checked(new Forecast(entity, madeAt, cadence, levels, values, stamp, means, directions));
    }

    private static void write(@Nullable Directions directions, BinaryEncoder out) throws IOException {
        if (directions == null) {
            out.writeIndex(NULL);
        } else {
            out.writeIndex(RECORD);
            out.writeFloat(directions.below());
            out.writeFloat(directions.above());
            FloatsAvro.write(directions.probabilities(), out);
        }
    }

    private static @Nullable Directions directions(BinaryDecoder in) throws IOException {
        var branch = in.readIndex();
        if (branch != NULL && branch != RECORD) {
            throw new IOException("null or directions were expected, not branch " + branch + " of two");
        }
        return branch == NULL ? null : new Directions(in.readFloat(), in.readFloat(), FloatsAvro.read(in));
    }

    /** Refuses quantiles, means and probabilities that do not fill their horizons. */
    static Forecast checked(Forecast forecast) throws UndecodableException {
        var levels = forecast.levels().length;
        var values = forecast.values().length;
        if (levels == 0 || values == 0 || values % levels != 0) {
            throw new UndecodableException("as many quantiles as levels for each horizon were expected, not " + values
                    + " for " + levels + " levels");
        }
        var means = forecast.means().length;
        if (means != 0 && means != forecast.horizons()) {
            throw new UndecodableException(
                    "one mean for each of " + forecast.horizons() + " horizons was expected, not " + means);
        }
        var directions = forecast.directions();
        var classes = forecast.horizons() * Directions.CLASSES;
        if (directions != null && directions.probabilities().length != classes) {
            throw new UndecodableException(
                    classes + " probabilities of directions were expected, not " + directions.probabilities().length);
        }
        return forecast;
    }
}
