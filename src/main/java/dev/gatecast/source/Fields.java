package dev.gatecast.source;

import java.util.HashSet;
import java.util.List;

/**
 * The names of a tick's values and which of them are forecast.
 *
 * @param names in the order of {@code Tick.values}, each once, at least one
 * @param targets those that are forecast, each among the names, at least one
 */
public record Fields(List<String> names, List<String> targets) {
    /** Checks and copies. */
    public Fields {
        names = List.copyOf(names);
        targets = List.copyOf(targets);
        if (names.isEmpty() || targets.isEmpty()) {
            throw new BadSource(
                    "at least one field and one target are needed, got fields " + names + ", targets " + targets);
        }
        if (new HashSet<>(names).size() < names.size() || new HashSet<>(targets).size() < targets.size()) {
            throw new BadSource("a field is named twice: fields " + names + ", targets " + targets);
        }
        for (var target : targets) {
            if (!names.contains(target)) {
                throw new BadSource("the target " + target + " is not among the fields " + names);
            }
        }
    }

    /** The position of each target among the values, (targets). */
    public int[] targetIndices() {
        return targets.stream().mapToInt(names::indexOf).toArray();
    }
}
