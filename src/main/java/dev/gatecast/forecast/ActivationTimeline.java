package dev.gatecast.forecast;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All activations in their order, and the rule which of them governs a tick. Not thread-safe. */
public final class ActivationTimeline {
    private final TreeMap<Long, Activation> bySequence = new TreeMap<>();

    /** An empty timeline: no model governs anything. */
    public ActivationTimeline() {}

    public ActivationTimeline(Collection<Activation> activations) {
        activations.forEach(this::add);
    }

    /** Takes an activation in; the same sequence again replaces it. */
    public void add(Activation activation) {
        bySequence.put(activation.sequence(), activation);
    }

    /** The newest activation whose effective-from is not after {@code time}, or null. */
    public @Nullable Activation at(long time) {
        for (var activation : bySequence.descendingMap().values()) {
            if (activation.effectiveFrom() <= time) {
                return activation;
            }
        }
        return null;
    }

    /** All whose effective-from is not after {@code time}, newest first: the first whose model goes with the ticks governs. */
    public List<Activation> until(long time) {
        return bySequence.descendingMap().values().stream()
                .filter(activation -> activation.effectiveFrom() <= time)
                .toList();
    }

    /** All activations, oldest first. */
    public List<Activation> all() {
        return List.copyOf(bySequence.values());
    }
}
