package dev.gatecast.forecast;

import dev.gatecast.event.Targets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of a tick's values, and whether a model goes with them: a model that was trained on other targets gives numbers
 * that look like forecasts and are none.
 *
 * @param targets those that are forecast
 * @param others those after them
 */
public record TickNames(List<String> targets, TickFields others) {
    /** What a target is called where nobody has named it: it goes with every model. */
    private static final String UNNAMED = "value";

    /** Those of several targets may come under one name, as {@link Targets#together()} has it. */
    public TickNames {
        targets = names(Targets.together(targets));
    }

    /** Why a model is not to forecast such ticks, in a sentence without its id; empty where it may. */
    public Optional<String> misfit(Model model) {
        var known = model.lineage().entries().get(Lineage.TARGETS);
        var trained = known == null ? List.<String>of() : names(known);
        var strange = targets.stream().filter(name -> !trained.contains(name)).toList();
        if (!trained.isEmpty() && !named(targets).isEmpty() && !strange.isEmpty()) {
            return Optional.of("it was trained to forecast " + trained + ", the ticks have " + targets);
        }
        if (targets.size() == 1 && !model.targets().isEmpty()) {
            return Optional.of("it has a recipe for each of " + trained + ", the ticks have " + targets + " alone");
        }
        try {
            Kernel.encoder(model, others);
            for (var one : model.targets()) {
                Kernel.encoder(one.model(), others);
            }
            return Optional.empty();
        } catch (UnfitModel e) {
            return Optional.of(e.why());
        }
    }

    /** The names of targets for a lineage; empty where nobody has named them. */
    public static Optional<String> text(List<String> targets) {
        return named(targets).isEmpty() ? Optional.empty() : Optional.of(Targets.together(targets));
    }

    /** The targets that may have come under one name. */
    public static List<String> split(List<String> targets) {
        return names(Targets.together(targets));
    }

    private static List<String> names(String text) {
        return List.of(text.split(Pattern.quote(Targets.BETWEEN_NAMES), -1));
    }

    private static List<String> named(List<String> targets) {
        return targets.equals(List.of(UNNAMED)) ? List.of() : targets;
    }
}
