package dev.gatecast.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Forecast.Directions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Forecasts in JSON; the quantiles are one array for each horizon. */
final class ForecastJson {
    private ForecastJson() {}

    static byte[] encode(Forecast forecast) {
        return Json.write(out -> {
            out.writeStringField("entity", forecast.entity());
            out.writeNumberField("madeAt", forecast.madeAt());
            out.writeNumberField("cadence", forecast.cadence());
            out.writeStringField("model", forecast.stamp().model());
            out.writeBooleanField("warming", forecast.stamp().warming());
            out.writeArrayFieldStart("levels");
            write(forecast.levels(), 0, forecast.levels().length, out);
            out.writeArrayFieldStart("values");
            for (var h = 0; h < forecast.horizons(); h++) {
                out.writeStartArray();
                write(forecast.values(), h * forecast.levels().length, forecast.levels().length, out);
            }
            out.writeEndArray();
            if (forecast.means().length > 0) {
                out.writeArrayFieldStart("means");
                write(forecast.means(), 0, forecast.means().length, out);
            }
            if (forecast.directions() != null) {
                write(forecast.directions(), out);
            }
        });
    }

    static Forecast decode(byte[] bytes) throws UndecodableException {
        var object = Json.object(bytes);
        var levels = Json.numbers(Json.member(object, "levels"), "levels");
        var rows = Json.member(object, "values");
        var values = new float[rows.size() * levels.length];
        for (var h = 0; h < rows.size(); h++) {
            var row = Json.numbers(rows.get(h), "values");
            if (row.length != levels.length) {
                throw new UndecodableException("horizon " + (h + 1) + ": " + levels.length
                        + " quantiles, one for each level, were expected, not " + row.length);
            }
            System.arraycopy(row, 0, values, h * levels.length, levels.length);
        }
        var stamp = new Forecast.Stamp(Json.text(object, "model"), Json.flag(object, "warming"));
        return ForecastAvro.checked(new Forecast(
                Json.text(object, "entity"),
                Json.whole(object, "madeAt"),
                Json.whole(object, "cadence"),
                levels,
                values,
                stamp,
                means(object),
                directions(object)));
    }

    /** Empty where there is no such member. */
    private static float[] means(JsonNode object) throws UndecodableException {
        var node = object.get("means");
        return node == null ? new float[0] : Json.numbers(node, "means");
    }

    private static void write(Directions directions, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("directions");
        out.writeNumberField("below", directions.below());
        out.writeNumberField("above", directions.above());
        out.writeArrayFieldStart("probabilities");
        for (var at = 0; at < directions.probabilities().length; at += Directions.CLASSES) {
            out.writeStartArray();
            write(directions.probabilities(), at, Directions.CLASSES, out);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Null where there is no such member. */
    private static @Nullable Directions directions(JsonNode object) throws UndecodableException {
        var node = object.get("directions");
        if (node == null) {
            return null;
        }
        var rows = Json.member(node, "probabilities");
        var probabilities = new float[rows.size() * Directions.CLASSES];
        for (var h = 0; h < rows.size(); h++) {
            var row = Json.numbers(rows.get(h), "probabilities");
            if (row.length != Directions.CLASSES) {
                throw new UndecodableException("horizon " + (h + 1)
                        + ": three probabilities, of down, flat and up, were expected, not " + row.length);
            }
            System.arraycopy(row, 0, probabilities, h * Directions.CLASSES, Directions.CLASSES);
        }
        return new Directions((float) Json.number(node, "below"), (float) Json.number(node, "above"), probabilities);
    }

    /** Numbers to the end of an array; a value that is no number is null. */
    private static void write(float[] values, int from, int count, JsonGenerator out) throws IOException {
        for (var i = from; i < from + count; i++) {
            if (Float.isFinite(values[i])) {
                out.writeNumber(values[i]);
            } else {
                out.writeNull();
            }
        }
        out.writeEndArray();
    }
}
