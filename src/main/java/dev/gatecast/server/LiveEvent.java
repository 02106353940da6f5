package dev.gatecast.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One event of the feed. */
sealed interface LiveEvent {
    /** What kind it is, the feed's event name. */
    Kind kind();

    /** The entity it is about, or null where it is about all. */
    @Nullable String entity();

    /** What it says, as JSON. */
    byte[] data(Json json);

    /** The kinds, in the order of their bits in a filter. */
    enum Kind {
        TICK("tick"),
        FORECAST("forecast"),
        ALERT("alert"),
        MODEL("model"),
        PULSE("pulse");

        final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** A tick that advanced its entity. */
    record OfTick(Tick tick) implements LiveEvent {
        @Override
        public Kind kind() {
            return Kind.TICK;
        }

        @Override
        public String entity() {
            return tick.entity();
        }

        @Override
        public byte[] data(Json json) {
            return Json.bytes(Json.tick(tick));
        }
    }

    /** A forecast. */
    record OfForecast(Forecast forecast) implements LiveEvent {
        @Override
        public Kind kind() {
            return Kind.FORECAST;
        }

        @Override
        public String entity() {
            return forecast.entity();
        }

        @Override
        public byte[] data(Json json) {
            return Json.bytes(json.forecast(forecast));
        }
    }

    /** A change of an alert. */
    record OfAlert(Alert alert) implements LiveEvent {
        @Override
        public Kind kind() {
            return Kind.ALERT;
        }

        @Override
        public String entity() {
            return alert.entity();
        }

        @Override
        public byte[] data(Json json) {
            return Json.bytes(json.alert(alert));
        }
    }

    /** Something about all entities: a model taken into use, or the pulse. Written once for all clients. */
    record OfAll(Kind kind, String text) implements LiveEvent {
        OfAll(Kind kind, ObjectNode node) {
            this(kind, new String(Json.bytes(node), StandardCharsets.UTF_8));
        }

        @Override
        public @Nullable String entity() {
            return null;
        }

        @Override
        public byte[] data(Json json) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
