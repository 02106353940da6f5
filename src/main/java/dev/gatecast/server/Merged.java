package dev.gatecast.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/** One list out of the lists of several instances, in one order; equals stay as they came, then go by name. */
final class Merged {
    private final String field;
    private final Comparator<JsonNode> order;
    private final List<JsonNode> items = new ArrayList<>();

    /** {@code field} names the list in another instance's answer. */
    Merged(String field, Comparator<JsonNode> order) {
        this.field = field;
        this.order = order.thenComparing(item -> item.path("entity").asText());
    }

    void add(JsonNode item) {
        items.add(item);
    }

    void addAll(JsonNode answer) {
        answer.path(field).forEach(items::add);
    }

    ArrayNode first(int limit) {
        return list(items, limit);
    }

    /** Of an entity that two instances know, since it has moved, the one with the newer tick. */
    ArrayNode newestOfEach(int limit) {
        var newest = new LinkedHashMap<String, JsonNode>();
        for (var item : items) {
            newest.merge(
                    item.path("entity").asText(),
                    item,
                    (a, b) -> a.path("time").asLong() >= b.path("time").asLong() ? a : b);
        }
        return list(newest.values(), limit);
    }

    private ArrayNode list(Collection<JsonNode> from, int limit) {
        var list = Json.array();
        from.stream().sorted(order).limit(limit).forEach(list::add);
        return list;
    }
}
