package dev.gatecast.forecast;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The model that governs a tick, and by which activation.
 *
 * @param model the model to use
 * @param sequence the activation's sequence; an entity never goes back to a lower one
 */
public record Governing(Model model, long sequence) {
    /**
     * What governs under some activations: the newest model that goes with the ticks, under the sequence of the newest
     * activation, so that no entity goes back where a later one is refused.
     *
     * @param newestFirst the activations whose time has come
     * @param usable gives an activation's model, or null where it does not go with the ticks
     * @return null where none does
     */
    public static @Nullable Governing of(List<Activation> newestFirst, Function<Activation, @Nullable Model> usable) {
        for (var activation : newestFirst) {
            var model = usable.apply(activation);
            if (model != null) {
                return new Governing(model, newestFirst.get(0).sequence());
            }
        }
        return null;
    }
}
