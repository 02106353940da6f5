package dev.gatecast.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatecast.event.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A record that is a JSON object.
 *
 * @param object the object
 */
record JsonTick(JsonNode object) implements RawTick {
    static JsonTick read(byte[] value) throws Refusal {
        try {
            return new JsonTick(Json.object(value));
        } catch (UndecodableException e) {
            throw new Refusal(Rejection.UNDECODABLE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public @Nullable Object get(String field) throws Refusal {
        return plain(field, find(object, field));
    }

    @Override
    public @Nullable Object get(String field, int element) throws Refusal {
        var node = find(object, field);
        if (node != null && node.isArray()) {
            return plain(field, node.get(element));
        }
        return element == 0 ? plain(field, node) : null;
    }

    private static @Nullable Object plain(String field, @Nullable JsonNode node) throws Refusal {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() && node.canConvertToLong()
                    ? (Object) node.longValue()
                    : (Object) node.doubleValue();
        }
        throw new Refusal(
                Rejection.UNDECODABLE,
                "field " + field + ": a number or text was expected, not " + Shown.of(node.toString()));
    }

    /** The member of this name, or where there is none, what its dots lead to. */
    private static @Nullable JsonNode find(JsonNode object, String path) {
        var member = object.get(path);
        var dot = path.indexOf('.');
        if (member != null || dot < 0) {
            return member;
        }
        var inner = object.get(path.substring(0, dot));
        return inner == null ? null : find(inner, path.substring(dot + 1));
    }
}
