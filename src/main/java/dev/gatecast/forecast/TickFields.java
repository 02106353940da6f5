package dev.gatecast.forecast;

import dev.gatecast.feature.Ahead;
import dev.gatecast.feature.Elapsed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of a tick's values beside the target. Immutable and shared.
 *
 * @param sent in the order of the values after the first, each once
 * @param names those that an entity remembers the past of: all but the values to come
 * @param ahead the values to come
 * @param id tells lists of names apart in an entity's state; 0 for none
 */
public record TickFields(List<String> sent, List<String> names, Ahead ahead, long id) {
    /** The target alone. */
    public static final TickFields NONE = new TickFields(List.of());

    /** Copies. */
    public TickFields {
        sent = List.copyOf(sent);
        names = List.copyOf(names);
    }

    /** Named after their order. */
    public TickFields(List<String> sent) {
        this(sent, Ahead.of(sent));
    }

    private TickFields(List<String> sent, Ahead ahead) {
        this(sent, ahead.present(sent), ahead);
    }

    private TickFields(List<String> sent, List<String> names, Ahead ahead) {
        this(
                sent,
                names,
                ahead,
                id(Stream.concat(names.stream(), ahead.names().stream()).toList()));
    }

    /** These, and the time since the last tick where a model sees that and nobody sends it. */
    TickFields seenBy(Model model) {
        var seen = model.recipe().spec().context().past().stream()
                .anyMatch(covariate -> covariate.name().equals(Elapsed.NAME));
        if (!seen || names.contains(Elapsed.NAME)) {
            return this;
        }
        var more = new ArrayList<>(names);
        more.add(Elapsed.NAME);
        return new TickFields(sent, more, ahead);
    }

    /** FNV-1a of the names' characters. */
    private static long id(List<String> names) {
        long hash = names.isEmpty() ? 0 : 0xcbf29ce484222325L;
        for (var name : names) {
            for (int i = 0; i <= name.length(); i++) {
                hash = (hash ^ (i < name.length() ? name.charAt(i) : 0)) * 0x100000001b3L;
            }
        }
        return hash;
    }
}
