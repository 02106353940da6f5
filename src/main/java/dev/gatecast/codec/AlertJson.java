package dev.gatecast.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatecast.event.Alert;
import dev.gatecast.event.Alert.Channel;
import dev.gatecast.event.Alert.Driver;
import dev.gatecast.event.Alert.Episode;
import dev.gatecast.event.Alert.Evidence;
import dev.gatecast.event.Alert.Phase;
import dev.gatecast.event.Alert.Surprise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Alerts in JSON, members as in the Avro schema. */
final class AlertJson {
    private AlertJson() {}

    static byte[] encode(Alert alert) {
        var episode = alert.episode();
        var surprise = alert.surprise();
        var evidence = alert.evidence();
        return Json.write(out -> {
            out.writeStringField("entity", alert.entity());
            out.writeNumberField("time", alert.time());
            out.writeStringField("phase", alert.phase().name());
            out.writeNumberField("openedAt", episode.openedAt());
            out.writeNumberField("rows", episode.rows());
            Json.number(out, "peak", episode.peak());
            out.writeStringField("model", episode.model());
            Json.number(out, "level", surprise.level());
            Json.number(out, "score", surprise.score());
            out.writeStringField("channel", surprise.channel().name());
            Json.number(out, "value", evidence.value());
            Json.number(out, "expected", evidence.expected());
            Json.number(out, "lower", evidence.lower());
            Json.number(out, "upper", evidence.upper());
            Json.number(out, "fastMean", evidence.fastMean());
            Json.number(out, "slowMean", evidence.slowMean());
            if (!episode.drivers().isEmpty()) {
                write(episode.drivers(), out);
            }
        });
    }

    private static void write(List<Driver> drivers, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("drivers");
        for (var driver : drivers) {
            out.writeStartObject();
            out.writeStringField("input", driver.input());
            out.writeNumberField("effect", driver.effect());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** The drivers; none where there is no such member. */
    private static List<Driver> drivers(JsonNode object) throws UndecodableException {
        var drivers = new ArrayList<Driver>();
        for (var each : object.path("drivers")) {
            drivers.add(new Driver(Json.text(each, "input"), (float) Json.number(each, "effect")));
        }
        return drivers;
    }

    static Alert decode(byte[] bytes) throws UndecodableException {
        var object = Json.object(bytes);
        return new Alert(
                Json.text(object, "entity"),
                Json.whole(object, "time"),
                Json.constant(Phase.class, object, "phase"),
                new Episode(
                        Json.whole(object, "openedAt"),
                        Json.whole(object, "rows"),
                        Json.number(object, "peak"),
                        Json.text(object, "model"),
                        drivers(object)),
                new Surprise(
                        Json.number(object, "level"),
                        Json.number(object, "score"),
                        Json.constant(Channel.class, object, "channel")),
                new Evidence(
                        Json.number(object, "value"),
                        Json.number(object, "expected"),
                        Json.number(object, "lower"),
                        Json.number(object, "upper"),
                        Json.number(object, "fastMean"),
                        Json.number(object, "slowMean")));
    }
}
