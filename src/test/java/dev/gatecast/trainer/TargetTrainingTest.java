package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.HOUR;
import static dev.gatecast.trainer.Histories.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Tick;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.source.Fields;
import dev.gatecast.source.History;
import dev.gatecast.source.Origin;
import dev.gatecast.source.SourcedTick;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Heat is a daily wave under noise, load walks; or both are waves. */
class TargetTrainingTest {
    private static final int ENTITIES = 4;
    private static final int ROWS = 800;
    private static final int FIRST_JUDGED = 700;

    /** Values of the targets, (rows, 2). */
    private static double[][] values(int entity, boolean walks) {
        var noise = new Random(entity);
        var steps = new Random(100 + entity);
        var values = new double[ROWS][];
        double walk = 50;
        for (int row = 0; row < ROWS; row++) {
            double wave = Math.sin(2 * Math.PI * (row + 3 * entity) / 24);
            walk += steps.nextGaussian();
            values[row] = new double[] {
                20 + 3 * wave + 0.5 * noise.nextGaussian(), walks ? walk : 50 + 9 * wave + 1.5 * steps.nextGaussian()
            };
        }
        return values;
    }

    private static History history(boolean walks, String... targets) {
        var names = List.of(targets);
        var history = History.empty(new Fields(names, names), History.Limits.DEFAULT);
        for (int entity = 0; entity < ENTITIES; entity++) {
            var values = values(entity, walks);
            for (int row = 0; row < ROWS; row++) {
                var said = names.size() == 1 ? new double[] {values[row][0]} : values[row];
                var tick = new Tick("e" + entity, START + row * HOUR, said);
                history.add(new SourcedTick(tick, row, new Origin.Line("made", row + 1)));
            }
        }
        return history;
    }

    private static Challenge challenge(History history, Optional<Model> champion, int threads) {
        var settings = Small.with(new TrainerSettings.Run(1, threads, Optional.empty()));
        return new Trainer(settings, InstantSource.system(), Progress.Listener.SILENT)
                .challenge(history, champion, Map.of());
    }

    private static Model trained(History history) {
        return challenge(history, Optional.empty(), 2).challenger();
    }

    private static SortedMap<String, String> lineage(Model model) {
        return model.lineage().entries();
    }

    /** Mean absolute error of the heat, over all horizons. */
    private static double error(Model model, String ending) {
        double sum = 0;
        int count = 0;
        for (int entity = 0; entity < ENTITIES; entity++) {
            var values = values(entity, true);
            var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
            var state = forecaster.newState();
            for (int row = 0; row + 4 < ROWS; row++) {
                var tick = new Tick("e" + entity + ending, START + row * HOUR, new double[] {values[row][0]});
                var forecast = Objects.requireNonNull(
                        forecaster.advance(state, tick, new Governing(model, 1)).forecast());
                for (int h = 1; row >= FIRST_JUDGED && h <= 4; h++) {
                    sum += Math.abs(values[row + h][0]
                            - forecast.quantile(h, model.recipe().level(0.5)));
                    count++;
                }
            }
        }
        return sum / count;
    }

    @Test
    void aTargetCostsAnotherOfAnotherKindNothing() {
        var both = trained(history(true, "heat", "load"));
        double alone = error(trained(history(true, "heat")), "");
        double beside = error(both, "/heat");
        System.out.printf("heat, MAE: alone %.4f, beside a walk %.4f%n", alone, beside);
        assertTrue(beside < 1.01 * alone, beside + " beside " + alone);
        assertEquals(Set.of("heat", "load"), both.recipes().keySet());
        var said = Objects.requireNonNull(lineage(both).get("targets apart"));
        assertTrue(said.startsWith("a recipe for each: linear start of each by itself 0."), said);
        assertTrue(lineage(both).containsKey("heat: network 1"), lineage(both).toString());
        assertTrue(lineage(both).containsKey("load: network 1"), lineage(both).toString());
    }

    @Test
    void targetsOfAKindShareARecipe() {
        var model = trained(history(false, "heat", "load"));
        assertEquals(List.of(), model.targets());
        var said = Objects.requireNonNull(lineage(model).get("targets apart"));
        assertTrue(said.startsWith("one recipe for all: "), said);
        assertTrue(lineage(model).containsKey("network 1"), lineage(model).toString());
    }

    @Test
    void oneTargetIsNotAskedAbout() {
        assertEquals(null, lineage(trained(history(true, "heat"))).get("targets apart"));
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        var history = history(true, "heat", "load");
        assertEquals(
                challenge(history, Optional.empty(), 1).challenger().id(),
                trained(history).id());
    }

    @Test
    void aRenewalGoesOnFromTheRecipeOfEachTarget() {
        var history = history(true, "heat", "load");
        var champion = trained(history);
        var renewed = challenge(history, Optional.of(champion), 2).challenger();
        assertEquals(champion.recipes().keySet(), renewed.recipes().keySet());
        assertNotEquals(champion.fingerprint(), renewed.fingerprint());
        assertEquals("linear", lineage(champion).get("load: start"));
        assertEquals("champion", lineage(renewed).get("load: start"));
        assertEquals("champion", lineage(renewed).get("heat: start"));
    }

    @Test
    void whereATargetHasNoSeriesThereIsOneRecipe() {
        var settings = Small.SETTINGS;
        var data = TrainingData.of(history(true, "heat", "load"), settings.target(), settings.holdOut())
                .of("heat");
        var training = new RecipeTraining(settings, InstantSource.system(), Progress.Listener.SILENT);
        var targets = new TargetTraining(settings, training);
        var champion = trained(history(true, "heat", "load"));
        for (var before : List.of(Optional.<Model>empty(), Optional.of(champion))) {
            var trained = targets.train(data, List.of("heat", "load"), before);
            assertTrue(trained.targets().isEmpty());
            assertEquals(
                    "one recipe for all: series of load to train on were expected, there are none",
                    trained.figures().get("targets apart"));
        }
    }

    @Test
    void aRecipeForEachThatWouldBeTooLargeIsNotMade() {
        var settings = Small.SETTINGS;
        var data = TrainingData.of(history(true, "heat", "load"), settings.target(), settings.holdOut());
        long most = RecipeTraining.mostBytes(settings, data);
        var training =
                new RecipeTraining(settings, InstantSource.system(), Progress.Listener.SILENT, bytes -> bytes <= most);
        var trained = new TargetTraining(settings, training).train(data, List.of("heat", "load"), Optional.empty());
        assertTrue(trained.targets().isEmpty());
        assertEquals(
                "one recipe for all: a model of 2 recipes would be larger than the models topic takes",
                trained.figures().get("targets apart"));
    }
}
