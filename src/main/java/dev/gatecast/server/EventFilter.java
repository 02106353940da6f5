package dev.gatecast.server;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which events a client wants.
 *
 * @param kinds the kinds
 * @param entities the entities; empty: all
 */
record EventFilter(Set<LiveEvent.Kind> kinds, Set<String> entities) {
    /** No event at all. */
    static final EventFilter NOTHING = new EventFilter(Set.of(), Set.of());

    /** Reads {@code types=tick,alert} and {@code entity=A&entity=B}; throws IllegalArgumentException with the choices. */
    static EventFilter parse(List<String> types, List<String> entities) {
        var kinds = EnumSet.noneOf(LiveEvent.Kind.class);
        types.stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .forEach(type -> kinds.add(kind(type)));
        if (kinds.isEmpty()) {
            kinds.addAll(EnumSet.complementOf(EnumSet.of(LiveEvent.Kind.PULSE)));
        }
        return new EventFilter(kinds, Set.copyOf(entities));
    }

    boolean wants(LiveEvent event) {
        var entity = event.entity();
        return kinds.contains(event.kind()) && (entity == null || entities.isEmpty() || entities.contains(entity));
    }

    private static LiveEvent.Kind kind(String label) {
        return Arrays.stream(LiveEvent.Kind.values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("types: expected some of "
                        + Arrays.stream(LiveEvent.Kind.values())
                                .map(kind -> kind.label)
                                .collect(Collectors.joining(", "))
                        + ", got " + label));
    }
}
