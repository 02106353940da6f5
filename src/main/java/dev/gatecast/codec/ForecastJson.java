package dev.gatecast.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatecast.event.Forecast;
import java.io.IOException;

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
                stamp));
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
