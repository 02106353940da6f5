package dev.gatecast.source;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of a tick's values and which of them are forecast.
 *
 * @param names in the order of {@code Tick.values}, the targets first, each once
 * @param targets those that are forecast, at least one
 */
public record Fields(List<String> names, List<String> targets) {
    /** Checks and copies. */
    public Fields {
        names = List.copyOf(names);
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new BadSource("at least one target is needed; the fields are " + names);
        }
        if (new HashSet<>(names).size() < names.size() || new HashSet<>(targets).size() < targets.size()) {
            throw new BadSource("a field is named twice: fields " + names + ", targets " + targets);
        }
        if (names.size() < targets.size() || !names.subList(0, targets.size()).equals(targets)) {
            throw new BadSource("the targets " + targets + " have to be the first of the fields " + names);
        }
    }

    /**
     * Puts the targets first.
     *
     * @param fields in any order, the targets among them
     * @param targets empty for the first field
     */
    public static Fields of(List<String> fields, List<String> targets) {
        for (var target : targets) {
            if (!fields.contains(target)) {
                throw new BadSource("the target " + target + " is not among the fields " + fields);
            }
        }
        var first = targets.isEmpty() && !fields.isEmpty() ? fields.subList(0, 1) : targets;
        var rest = fields.stream().filter(field -> !first.contains(field));
        return new Fields(Stream.concat(first.stream(), rest).toList(), first);
    }
}
