package dev.gatecast.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import java.io.IOException;
import java.util.Locale;

/** The shapes that cross HTTP. Times are milliseconds since the epoch; what is not known is null. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final AlertWords words;

    Json(AlertWords words) {
        this.words = words;
    }

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON could not be written", e);
        }
    }

    static JsonNode read(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    static ObjectNode error(String message) {
        return object().put("error", message);
    }

    static ObjectNode explanation(String entity, LiveView.ExplanationCard card) {
        var node = object().put("entity", entity).put("horizon", card.horizon());
        number(node, "forecast", card.forecast());
        number(node, "level", card.level());
        var effects = node.putArray("effects");
        card.effects().forEach(each -> number(effects.addObject().put("input", each.input()), "effect", each.effect()));
        return number(node, "rest", card.rest());
    }

    static ObjectNode tick(Tick tick) {
        var node = object().put("entity", tick.entity()).put("time", tick.time());
        return number(node, "value", (float) tick.values()[0]);
    }

    /** The newest of an entity, without its past. */
    ObjectNode summary(Track.Snapshot track) {
        var node = object().put("entity", track.entity()).put("time", track.time());
        number(node, "value", track.value());
        var alert = track.alert();
        node.put("alert", alert == null ? "none" : alert.phase() == Alert.Phase.CLOSE ? "closed" : "open");
        if (alert != null) {
            node.put("alertTime", alert.time());
        }
        return node.put("model", track.model());
    }

    ObjectNode points(Track.Points points) {
        var node = object();
        var times = node.putArray("times");
        for (long time : points.times()) {
            times.add(time);
        }
        node.set("values", floats(points.values()));
        node.set("expected", floats(points.expected()));
        node.set("lower", floats(points.lower()));
        node.set("upper", floats(points.upper()));
        return node;
    }

    ObjectNode forecast(Forecast forecast) {
        var node = object().put("entity", forecast.entity())
                .put("madeAt", forecast.madeAt())
                .put("cadence", forecast.cadence())
                .put("model", forecast.stamp().model())
                .put("warming", forecast.stamp().warming());
        node.set("levels", floats(forecast.levels()));
        var horizons = node.putArray("quantiles");
        int width = forecast.levels().length;
        for (int horizon = 1; horizon <= forecast.horizons(); horizon++) {
            var row = horizons.addArray();
            for (int i = 0; i < width; i++) {
                add(row, forecast.quantile(horizon, i));
            }
        }
        var directions = forecast.directions();
        if (directions != null) {
            var moves = node.putObject("directions");
            number(moves, "below", directions.below());
            number(moves, "above", directions.above());
            moves.set("probabilities", floats(directions.probabilities()));
        }
        return node;
    }

    ObjectNode alert(Alert alert) {
        var node = object().put("entity", alert.entity())
                .put("time", alert.time())
                .put("phase", lower(alert.phase()))
                .put("channel", lower(alert.surprise().channel()))
                .put("openedAt", alert.episode().openedAt())
                .put("rows", alert.episode().rows())
                .put("model", alert.episode().model());
        number(node, "peak", alert.episode().peak());
        number(node, "level", alert.surprise().level());
        number(node, "score", alert.surprise().score());
        var evidence = alert.evidence();
        number(node, "value", evidence.value());
        number(node, "expected", evidence.expected());
        number(node, "lower", evidence.lower());
        number(node, "upper", evidence.upper());
        number(node, "fastMean", evidence.fastMean());
        number(node, "slowMean", evidence.slowMean());
        var drivers = node.putArray("drivers");
        alert.episode()
                .drivers()
                .forEach(each -> number(drivers.addObject().put("input", each.input()), "effect", each.effect()));
        return node.put("words", words.of(alert)).put("why", AlertWords.why(alert));
    }

    static ObjectNode number(ObjectNode node, String name, double value) {
        return Double.isFinite(value) ? node.put(name, value) : node.putNull(name);
    }

    static ObjectNode number(ObjectNode node, String name, float value) {
        return Float.isFinite(value) ? node.put(name, value) : node.putNull(name);
    }

    static ArrayNode floats(float[] values) {
        var node = array();
        for (float value : values) {
            add(node, value);
        }
        return node;
    }

    private static void add(ArrayNode node, float value) {
        if (Float.isFinite(value)) {
            node.add(value);
        } else {
            node.addNull();
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
