package dev.gatecast.forecast;

import dev.gatecast.event.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Immutable weights and the full recipe to use them, named by the SHA-256 of their bytes.
 *
 * @param id SHA-256 of the canonical bytes, 64 hexadecimal digits
 * @param fingerprint first eight bytes of the SHA-256 of the recipes' part of those bytes: two models with the same
 *     fingerprint give the same forecasts, whatever their lineage
 * @param recipe what it does; of its first target where each has a recipe of its own
 * @param targets those that have a recipe of their own, by name; none where {@code recipe} is that of every series
 * @param lineage where it comes from
 */
public record Model(String id, long fingerprint, Recipe recipe, List<OfTarget> targets, Lineage lineage) {
    /**
     * What a model does with the series of one target.
     *
     * @param target its name
     * @param model under the same id and fingerprint, with the recipe of this target alone
     */
    public record OfTarget(String target, Model model) {}

    /** Copies; throws IllegalArgumentException where the targets' forecasts differ in shape. */
    public Model {
        targets = List.copyOf(targets);
        for (var one : targets) {
            var other = one.model.recipe;
            if (other.horizons() != recipe.horizons()
                    || other.cadence() != recipe.cadence()
                    || !Arrays.equals(other.levels(), recipe.levels())) {
                throw new IllegalArgumentException("model: recipes of one cadence, with the same horizons and levels,"
                        + " were expected; those of " + targets.get(0).target + " and " + one.target + " differ");
            }
        }
    }

    /** With one recipe for every series. */
    public Model(String id, long fingerprint, Recipe recipe, Lineage lineage) {
        this(id, fingerprint, recipe, List.of(), lineage);
    }

    /** With a recipe for each of some targets, by name; at least one. */
    public static Model ofTargets(String id, long fingerprint, SortedMap<String, Recipe> recipes, Lineage lineage) {
        var targets = recipes.entrySet().stream()
                .map(entry -> new OfTarget(entry.getKey(), new Model(id, fingerprint, entry.getValue(), lineage)))
                .toList();
        return new Model(id, fingerprint, targets.get(0).model.recipe, targets, lineage);
    }

    /**
     * Where among {@link #targets} that of a series is; 0 where one recipe is everybody's. Allocates nothing.
     *
     * @throws UnfitModel if it is none of them
     */
    int place(String series) {
        int found = targets.isEmpty() ? 0 : -1;
        for (int i = 0; i < targets.size(); i++) {
            var target = targets.get(i).target;
            boolean longer =
                    found < 0 || target.length() > targets.get(found).target.length();
            if (longer && Targets.isOf(series, target)) {
                found = i;
            }
        }
        if (found < 0) {
            throw new UnfitModel(this, "it has a recipe for the series of each of " + names() + ", not for " + series);
        }
        return found;
    }

    /** At a place that {@link #place} gave. */
    Model at(int place) {
        return targets.isEmpty() ? this : targets.get(place).model;
    }

    /**
     * The same with nothing but the recipe that a series is forecast by.
     *
     * @throws UnfitModel if there is none
     */
    public Model of(String series) {
        return at(place(series));
    }

    /** The recipes, by target; empty where one is everybody's. */
    public SortedMap<String, Recipe> recipes() {
        var recipes = new TreeMap<String, Recipe>();
        targets.forEach(one -> recipes.put(one.target, one.model.recipe));
        return recipes;
    }

    private List<String> names() {
        return targets.stream().map(OfTarget::target).toList();
    }
}
