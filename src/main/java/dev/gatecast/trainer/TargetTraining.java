package dev.gatecast.trainer;

import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.trainer.RecipeTraining.Begun;
import dev.gatecast.trainer.RecipeTraining.Turn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains for the series of one target or several. Series of several targets may have so little in common that what is
 * learned of one spoils the others: where linear starts of their own forecast the rows that select better than that of
 * all together, and that of no target does worse, each gets a recipe of its own, and its share of each iteration's
 * windows.
 *
 * <p>A renewal keeps the form of its champion. Sizes are searched for all targets together.
 */
final class TargetTraining {
    private static final Logger LOG = LoggerFactory.getLogger(TargetTraining.class);

    /** By so much of the loss recipes of their own must beat that of all, and no target may lose more: less is luck. */
    private static final double WORTHWHILE = 0.01;

    private final TrainerSettings settings;
    private final RecipeTraining training;

    /**
     * What came out.
     *
     * @param recipe of everybody, or of the first target
     * @param targets the recipes of targets that have one of their own, by name; empty where one is everybody's
     * @param figures name to text, for the model's lineage
     * @param chosen by tuning
     */
    record Trained(
            Recipe recipe,
            SortedMap<String, Recipe> targets,
            SortedMap<String, String> figures,
            Optional<Candidate> chosen) {}

    TargetTraining(TrainerSettings settings, RecipeTraining training) {
        this.settings = settings;
        this.training = training;
    }

    /**
     * Trains.
     *
     * @param targets whose series the data is of
     * @throws UnusableHistory if the data is too short
     */
    Trained train(TrainingData data, List<String> targets, Optional<Model> champion) {
        try (var workers = new Workers(settings.run().threads())) {
            if (targets.size() == 1 || settings.run().tuning().isPresent()) {
                var own = champion.filter(model -> model.targets().isEmpty()).map(Model::recipe);
                return together(training.begin(data, own, workers), workers);
            }
            return several(data, targets, champion, workers);
        }
    }

    private Trained several(TrainingData data, List<String> targets, Optional<Model> champion, Workers workers) {
        var renewed = renewed(data, champion.map(Model::recipes).orElse(new TreeMap<>()), targets, workers);
        if (!renewed.isEmpty()) {
            return apart(renewed, new TreeMap<>(), workers);
        }
        var ofAll = champion.filter(model -> model.targets().isEmpty()).map(Model::recipe);
        var one = training.begin(data, ofAll, workers);
        if (one.renews()) {
            return together(one, workers);
        }
        var figures = new TreeMap<String, String>();
        var each = apart(data, targets, one, figures, workers);
        if (!each.isEmpty()) {
            return apart(each, figures, workers);
        }
        var trained = together(one, workers);
        trained.figures.putAll(figures);
        return trained;
    }

    /** From the recipes of a champion that has one for each of the targets; none where any of them cannot go on. */
    private SortedMap<String, Begun> renewed(
            TrainingData data, SortedMap<String, Recipe> champions, List<String> targets, Workers workers) {
        var each = new TreeMap<String, Begun>();
        if (!champions.keySet().equals(new TreeSet<>(targets))) {
            return each;
        }
        try {
            for (var champion : champions.entrySet()) {
                training.renewed(data.of(champion.getKey()), champion.getValue())
                        .ifPresent(own -> each.put(champion.getKey(), own));
            }
        } catch (UnusableHistory e) {
            LOG.info("the champion is not gone on from: {}", e.getMessage());
        }
        return each.size() == targets.size() ? each : new TreeMap<>();
    }

    /** A start of each target where that is worthwhile, else none; {@code figures} Modified. */
    private SortedMap<String, Begun> apart(
            TrainingData data, List<String> targets, Begun one, SortedMap<String, String> figures, Workers workers) {
        var each = new TreeMap<String, Begun>();
        var comparison = new TargetComparison(one, workers);
        try {
            training.requireRoom(data, targets.size());
            for (var target : targets) {
                if (comparison.loses(target, one.start().like(data.of(target)))) {
                    break;
                }
            }
            for (var target : comparison.worthwhile() ? targets : List.<String>of()) {
                each.put(target, training.begin(data.of(target), Optional.empty(), workers));
            }
        } catch (UnusableHistory e) {
            comparison.cannot(e);
        }
        LOG.info("targets: {}", comparison.text());
        figures.put("targets apart", comparison.text());
        return comparison.worthwhile() ? each : new TreeMap<>();
    }

    /** How starts that see one target alone compare with the start of all. */
    private static final class TargetComparison {
        private final Begun one;
        private final Workers workers;
        private double apart;
        private double together;
        private String against = ""; // why there is one recipe for all

        TargetComparison(Begun one, Workers workers) {
            this.one = one;
            this.workers = workers;
        }

        /** Adds a target; whether it is forecast worse by itself. */
        boolean loses(String target, Start start) {
            var selection = one.start().selection().of(target);
            double shared = selection.loss(one.start().network(), workers);
            double own = start.selection().loss(start.network(), workers);
            apart += selection.separate() * own;
            together += selection.separate() * shared;
            LOG.debug("target {}: linear start by itself {}, with the others {}", target, own, shared);
            if (own > (1 + WORTHWHILE) * shared) {
                against = String.format(
                        Locale.ROOT, "linear start of %s by itself %.5f, with the others %.5f", target, own, shared);
            }
            return !against.isEmpty();
        }

        void cannot(UnusableHistory why) {
            against = String.valueOf(why.getMessage());
        }

        boolean worthwhile() {
            return against.isEmpty() && apart < (1 - WORTHWHILE) * together;
        }

        String text() {
            if (!against.isEmpty()) {
                return "one recipe for all: " + against;
            }
            return String.format(
                    Locale.ROOT,
                    "%s: linear start of each by itself %.5f of that of all together",
                    worthwhile() ? "a recipe for each" : "one recipe for all",
                    apart / together);
        }
    }

    private Trained together(Begun begun, Workers workers) {
        var trained = training.train(begun, workers);
        return new Trained(trained.recipe(), new TreeMap<>(), trained.figures(), trained.chosen());
    }

    /** {@code figures} Modified. */
    private Trained apart(SortedMap<String, Begun> each, SortedMap<String, String> figures, Workers workers) {
        var recipes = new TreeMap<String, Recipe>();
        var pace = training.pace(each.size());
        for (var one : each.entrySet()) {
            var trained = training.train(one.getValue(), new Turn(recipes.size(), each.size(), pace), workers);
            recipes.put(one.getKey(), trained.recipe());
            trained.figures().forEach((name, text) -> figures.put(one.getKey() + ": " + name, text));
        }
        return new Trained(recipes.values().iterator().next(), recipes, figures, Optional.empty());
    }
}
