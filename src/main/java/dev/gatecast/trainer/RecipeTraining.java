package dev.gatecast.trainer;

import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Network;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From training data to a recipe. The same data, settings and seed give the same bits, with any number of threads, as long
 * as no time limit is set.
 */
final class RecipeTraining {
    private static final Logger LOG = LoggerFactory.getLogger(RecipeTraining.class);

    private final TrainerSettings settings;
    private final InstantSource clock;
    private final Progress.Listener listener;

    /**
     * What came out.
     *
     * @param recipe the model's
     * @param figures name to text, for its lineage
     */
    record Trained(Recipe recipe, SortedMap<String, String> figures) {}

    RecipeTraining(TrainerSettings settings, InstantSource clock, Progress.Listener listener) {
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Trains from the linear start, or from a champion of the same shape.
     *
     * @throws UnusableHistory if the data is too short
     */
    Trained train(TrainingData data, Optional<Recipe> champion) {
        try (var workers = new Workers(settings.run().threads())) {
            var start = start(data, champion, workers);
            var pace =
                    new Pace(clock, settings.run().timeLimit(), settings.sizes().networks(), listener);
            var results = new ArrayList<NetworkTraining.Result>();
            for (int n = 0; n < settings.sizes().networks(); n++) {
                pace.network(n + 1);
                long seed = settings.run().seed() + n;
                var training = new NetworkTraining(start.data(), settings, start.selection(), workers);
                results.add(
                        training.train(start.weights(n, seed), start.champion().isEmpty(), seed, pace));
            }
            return trained(data, start, results);
        }
    }

    private Start start(TrainingData data, Optional<Recipe> champion, Workers workers) {
        if (champion.isPresent() && allowed(data).contains(champion.get().spec().transform())) {
            var fresh = Start.of(data, settings, champion.get().spec().transform());
            if (fresh.suits(champion.get())) {
                LOG.info("training goes on from the champion");
                return fresh.from(champion.get(), data);
            }
        }
        return fresh(data, workers);
    }

    /** From nothing, under the transform whose linear start is best. */
    private Start fresh(TrainingData data, Workers workers) {
        Start best = null;
        double least = Double.POSITIVE_INFINITY;
        for (var transform : allowed(data)) {
            var start = Start.of(data, settings, transform);
            double loss = start.selection().loss(start.network(), workers);
            LOG.info("linear start under {}: loss {}", transform, loss);
            if (best == null || loss < least) {
                best = start;
                least = loss;
            }
        }
        return Objects.requireNonNull(best);
    }

    private List<Transform> allowed(TrainingData data) {
        return settings.target().transform().map(List::of).orElseGet(() -> Prepared.candidates(data));
    }

    private Trained trained(TrainingData data, Start start, List<NetworkTraining.Result> results) {
        var figures = new TreeMap<String, String>();
        figures.put("seed", String.valueOf(settings.run().seed()));
        figures.put("entities", String.valueOf(data.pasts().size()));
        figures.put("fitted rows", String.valueOf(data.fittedRows()));
        figures.put("start", start.champion().isPresent() ? "champion" : "linear");
        figures.put("transform", start.data().spec().transform().name());
        for (int n = 0; n < results.size(); n++) {
            var result = results.get(n);
            figures.put(
                    "network " + (n + 1),
                    String.format(
                            Locale.ROOT,
                            "loss %.5f at iteration %d of %d; start %.5f",
                            result.loss(),
                            result.iteration(),
                            result.iterations(),
                            result.start()));
        }
        var networks = new ArrayList<Network>();
        results.forEach(result -> networks.add(result.network()));
        var recipe = new Recipe(
                start.data().spec(),
                networks,
                settings.target().levels(),
                settings.sizes().warmUp());
        return new Trained(Calibration.corrected(recipe, data, start.data()), figures);
    }
}
