package dev.gatecast.forecast;

import dev.gatecast.feature.Elapsed;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of a tick's values beside the target. Immutable and shared.
 *
 * @param names in the order of the values after the first, each once
 * @param id tells lists of names apart in an entity's state; 0 for none
 */
public record TickFields(List<String> names, long id) {
    /** The target alone. */
    public static final TickFields NONE = new TickFields(List.of());

    /** Copies. */
    public TickFields {
        names = List.copyOf(names);
    }

    /** Named after their order. */
    public TickFields(List<String> names) {
        this(names, id(names));
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
        return new TickFields(more);
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
