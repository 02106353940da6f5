package dev.gatecast.source;

import dev.gatecast.event.Targets;
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

    /** The series that their ticks belong to. */
    public Targets series() {
        return new Targets(targets);
    }

    /** The fields of one of those series. */
    public Fields ofSeries() {
        return targets.size() == 1 ? this : of(ofSeriesNames(), List.of());
    }

    private List<String> ofSeriesNames() {
        return Stream.concat(Stream.of(series().together()), others().stream()).toList();
    }

    /** The fields that are no targets, in their order: what a model may see beside a target. */
    public List<String> others() {
        return names.subList(targets.size(), names.size());
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
