package dev.gatecast.trainer;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Network;
import dev.gatecast.trainer.TrainerSettings.Course;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From training data to a recipe. The same data, settings and seed give the same bits, with any number of threads, as long
 * as no time limit is set.
 */
final class RecipeTraining {
    private static final Logger LOG = LoggerFactory.getLogger(RecipeTraining.class);

    private static final int LINEAGE = 8192; // bytes
    private static final int LINEAGE_OF_TUNING = 32_768; // bytes
    private static final int LINEAGE_OF_HORIZON = 400; // bytes, the gate's line of it

    private final TrainerSettings settings;
    private final InstantSource clock;
    private final Progress.Listener listener;
    private final LongPredicate fits;

    /**
     * What came out.
     *
     * @param recipe the model's
     * @param figures name to text, for its lineage
     * @param chosen by tuning
     */
    record Trained(Recipe recipe, SortedMap<String, String> figures, Optional<Candidate> chosen) {}

    RecipeTraining(TrainerSettings settings, InstantSource clock, Progress.Listener listener) {
        this(settings, clock, listener, bytes -> true);
    }

    /** @param fits whether a model of at most so many bytes can be used: tuning leaves out what cannot */
    RecipeTraining(TrainerSettings settings, InstantSource clock, Progress.Listener listener, LongPredicate fits) {
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.fits = fits;
    }

    /** At most how many bytes the model will have, lineage included. Trains nothing. */
    static long mostBytes(TrainerSettings settings, TrainingData data) {
        var transform = settings.target().transform().orElse(Transform.IDENTITY);
        var prepared = Prepared.of(data, settings, transform);
        var architecture = Start.architecture(prepared, settings);
        int tuning = settings.run().tuning().isPresent() ? LINEAGE_OF_TUNING : 0;
        long lineage =
                LINEAGE + tuning + (long) LINEAGE_OF_HORIZON * settings.target().horizons();
        long course = (long) Float.BYTES * settings.target().seasons().longer();
        return lineage
                + course
                + ModelCodec.mostBytes(
                        architecture,
                        settings.sizes().networks(),
                        settings.target().levels().length,
                        LinearExpert.values(prepared));
    }

    /**
     * Where a training begins.
     *
     * @param data to train on
     * @param start of all networks
     * @param loss of the linear start on the rows that select; NaN where it goes on from a champion
     */
    record Begun(TrainingData data, Start start, double loss) {
        /** Whether it goes on from a champion. */
        boolean renews() {
            return start.champion().isPresent();
        }
    }

    /**
     * Which of the recipes of one model a training makes.
     *
     * @param number of the recipe, from 0
     * @param of how many, which share the windows of an iteration
     * @param pace of all of them
     */
    record Turn(int number, int of, Pace pace) {
        private TrainerSettings share(TrainerSettings told) {
            var batches = told.batches();
            return told.with(batches.with((batches.windows() + of - 1) / of), told.descent());
        }
    }

    /**
     * Asks whether a model of so many recipes can be used.
     *
     * @throws UnusableHistory if it cannot
     */
    void requireRoom(TrainingData data, int recipes) {
        if (!fits.test(recipes * mostBytes(settings, data))) {
            throw new UnusableHistory("a model of " + recipes + " recipes would be larger than the models topic takes");
        }
    }

    /** For the networks of so many recipes, from now on. */
    Pace pace(int recipes) {
        return new Pace(
                clock, settings.run().timeLimit(), recipes * settings.sizes().networks(), listener);
    }

    /**
     * From the linear start, or from a champion of the same shape.
     *
     * @throws UnusableHistory if the data is too short
     */
    Begun begin(TrainingData data, Optional<Recipe> champion, Workers workers) {
        return champion.flatMap(recipe -> renewed(data, recipe)).orElseGet(() -> fresh(data, workers));
    }

    /** From a champion; empty where it has another shape, or is not asked for. */
    Optional<Begun> renewed(TrainingData data, Recipe champion) {
        boolean renewal = settings.descent().course().renewal() != 0
                && settings.run().tuning().isEmpty();
        if (renewal && allowed(data).contains(champion.spec().transform())) {
            var fresh = Start.of(data, settings, champion.spec().transform());
            if (fresh.suits(champion)) {
                LOG.info("training goes on from the champion");
                return Optional.of(new Begun(data, fresh.from(champion, data), Double.NaN));
            }
        }
        return Optional.empty();
    }

    /** Trains the one recipe of a model, of the sizes that tuning finds where it is asked for. */
    Trained train(Begun begun, Workers workers) {
        var figures = new TreeMap<String, String>();
        var chosen = settings.run().tuning().map(time -> tuned(begun, workers, figures));
        var wanted = chosen.map(one -> one.in(settings)).orElse(settings);
        var start = chosen.isEmpty() ? begun.start() : begun.start().with(wanted);
        var from = new Begun(begun.data(), start, begun.loss());
        return new Trained(trained(from, wanted, new Turn(0, 1, pace(1)), workers, figures), figures, chosen);
    }

    /** Trains one of several recipes. */
    Trained train(Begun begun, Turn turn, Workers workers) {
        var figures = new TreeMap<String, String>();
        return new Trained(trained(begun, settings, turn, workers, figures), figures, Optional.empty());
    }

    /** {@code figures} Modified. */
    private Recipe trained(
            Begun begun, TrainerSettings wanted, Turn turn, Workers workers, SortedMap<String, String> figures) {
        var start = begun.start();
        var told = turn.share(renewed(Effort.told(wanted, begun.data().fittedRows(), start.architecture()), start));
        listener.begins(told.batches().windows() * told.batches().length());
        var results = new ArrayList<NetworkTraining.Result>();
        int networks = settings.sizes().networks();
        for (int n = 0; n < networks; n++) {
            turn.pace.network(turn.number * networks + n + 1);
            long seed = settings.run().seed() + n;
            var training = new NetworkTraining(start, told, workers);
            results.add(training.train(start.weights(n, seed), start.champion().isEmpty(), seed, turn.pace));
        }
        return recipe(begun.data(), start, told, results, figures);
    }

    /** The sizes, the rate and the window that do best in the time there is; {@code figures} Modified. */
    private Candidate tuned(Begun begun, Workers workers, SortedMap<String, String> figures) {
        var data = begun.data();
        var start = begun.start();
        var told = Effort.told(settings, data.fittedRows(), start.architecture());
        double rate = Math.round(told.descent().rate() * 1e5) / 1e5;
        var known = settings.with(settings.batches(), settings.descent().with(rate));
        var tools = new Tuning.Tools(clock, listener, workers, one -> fits.test(mostBytes(one.in(known), data)));
        var found = new Tuning(known, start, tools).search();
        int digits = String.valueOf(found.trials().size()).length();
        for (int i = 0; i < found.trials().size(); i++) {
            var number = String.format(Locale.ROOT, "%0" + digits + "d", i + 1);
            figures.put("tuning " + number, found.trials().get(i).text());
        }
        figures.put("tuning chose", found.best().settingsText());
        LOG.info("tuning chose {}", found.best().settingsText());
        return found.best();
    }

    /** From a champion on, for as many iterations as that asks for. */
    private static TrainerSettings renewed(TrainerSettings told, Start start) {
        int renewal = told.descent().course().renewal();
        return start.champion().isEmpty() || renewal == Course.AS_FRESH
                ? told
                : told.with(told.batches(), told.descent().with(renewal));
    }

    /** From nothing, under the transform whose linear start is best. */
    private Begun fresh(TrainingData data, Workers workers) {
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
        return new Begun(data, Objects.requireNonNull(best), least);
    }

    private List<Transform> allowed(TrainingData data) {
        return settings.target().transform().map(List::of).orElseGet(() -> Prepared.candidates(data));
    }

    /** {@code figures} Modified. */
    private Recipe recipe(
            TrainingData data,
            Start start,
            TrainerSettings told,
            List<NetworkTraining.Result> results,
            SortedMap<String, String> figures) {
        figures.put("seed", String.valueOf(settings.run().seed()));
        figures.put("entities", String.valueOf(data.pasts().size()));
        figures.put("fitted rows", String.valueOf(data.fittedRows()));
        figures.put("start", start.champion().isPresent() ? "champion" : "linear");
        figures.put("effort", Effort.text(told));
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
                        settings.sizes().warmUp())
                .with(Beginnings.of(data, start.data().spec(), settings.target().horizons(), figures))
                .with(LinearExpert.of(data, start.data()));
        return Calibration.corrected(recipe, data, start.data());
    }
}
