package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.HOUR;
import static dev.gatecast.trainer.Histories.START;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import dev.gatecast.feature.Categories;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.trainer.TrainerSettings.Run;
import dev.gatecast.trainer.TrainerSettings.Sizes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CommonCategoriesTest {
    private static final int WEEK = 168; // rows
    private static final int WEEKS = 8;
    private static final int NEW = 6; // entities that no training has seen

    /** A daily wave; on Wednesdays and Saturdays it lies higher or lower, as the kind has it. */
    private static IntToDoubleFunction wave(double change, long seed) {
        var random = new Random(seed);
        return row ->
                10 + 3 * Math.sin(2 * Math.PI * row / 24) + 0.3 * random.nextGaussian() + (event(row) ? change : 0);
    }

    private static boolean event(int row) {
        int day = row % WEEK / 24;
        return day == 2 || day == 5;
    }

    private static Histories twelve(boolean told) {
        var histories = new Histories();
        for (int i = 0; i < 12; i++) {
            var traits = told ? new Traits("", i % 2 == 0 ? "up" : "down") : Traits.NONE;
            histories.with("entity-" + i, WEEKS * WEEK, wave(i % 2 == 0 ? 5 : -5, i), traits);
        }
        return histories;
    }

    private static TrainerSettings settings(int iterations, int threads) {
        var small = Small.with(new Sizes(1, 12, 24, 24, 1, 24));
        var run = new Run(1, threads, Optional.empty());
        return new TrainerSettings(
                small.target(), small.sizes(), small.batches(), small.descent().with(iterations), small.holdOut(), run);
    }

    private static Model trained(Histories histories, int iterations, int threads) {
        return new Trainer(settings(iterations, threads), InstantSource.system(), Progress.Listener.SILENT)
                .challenge(histories.history(), Optional.empty(), Map.of())
                .challenger();
    }

    /** Mean absolute error of the medians of one to four steps ahead at the turns of new entities' first week that their past cannot show. */
    private static double errorAtTheFirstTurns(Model model, boolean told) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < NEW; i++) {
            double change = i % 2 == 0 ? 5 : -5;
            var traits = told ? new Traits("", change > 0 ? "up" : "down") : Traits.NONE;
            var values = wave(change, 100 + i);
            var truth = new ArrayList<Double>();
            for (int row = 0; row < WEEK; row++) {
                truth.add(values.applyAsDouble(row));
            }
            var forecasts = forecasts(model, truth, traits);
            int median = model.recipe().level(0.5);
            for (int made = 24; made < WEEK; made++) {
                for (int h = 1; h <= 4 && made + h < WEEK; h++) {
                    if (event(made + h) && !event(made)) {
                        sum += Math.abs(
                                truth.get(made + h) - forecasts.get(made).quantile(h, median));
                        count++;
                    }
                }
            }
        }
        return sum / count;
    }

    private static List<Forecast> forecasts(Model model, List<Double> values, Traits traits) {
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var state = forecaster.newState();
        var forecasts = new ArrayList<Forecast>();
        for (int row = 0; row < values.size(); row++) {
            var tick = new Tick("new", START + row * HOUR, new double[] {values.get(row)}, traits);
            var forecast =
                    forecaster.advance(state, tick, new Governing(model, 1)).forecast();
            forecasts.add(Objects.requireNonNull(forecast));
        }
        return forecasts;
    }

    @Test
    void whatDecidesTheBehaviourOfNewEntitiesLowersTheirError() {
        var told = trained(twelve(true), 1500, 2);
        var untold = trained(twelve(false), 1500, 2);
        double with = errorAtTheFirstTurns(told, true);
        double without = errorAtTheFirstTurns(untold, false);
        double hidden = errorAtTheFirstTurns(told, false);
        System.out.printf(
                "first week of new entities, MAE: category %.3f, none %.3f, hidden %.3f%n", with, without, hidden);
        assertTrue(with < 0.5 * without, with + " beside " + without);
        assertTrue(hidden < 1.2 * without, hidden + " beside " + without);
    }

    @Test
    void anUnknownCategoryIsForecastAsNoneAndDataGivesTheSameBytesAgain() {
        var model = trained(twelve(true), 200, 2);
        assertEquals(model.id(), trained(twelve(true), 200, 1).id());
        var categories = model.recipe().spec().context().categories();
        assertEquals(new Categories(List.of("down", "up"), 2), categories);
        var values = List.of(10.0, 11.0, 9.5, 10.2, 9.9, 10.0, 11.5, 8.0, 10.0, 10.0, 11.0, 9.5, 10.2, 9.9);
        var longer = new ArrayList<>(values);
        longer.addAll(values);
        var none = forecasts(model, longer, Traits.NONE).get(27).values();
        assertArrayEquals(
                none,
                forecasts(model, longer, new Traits("", "sideways")).get(27).values());
        assertTrue(none[2]
                != forecasts(model, longer, new Traits("", "up")).get(27).values()[2]);
    }

    private static Categories common(String... ofEntities) {
        var histories = new Histories();
        for (int i = 0; i < ofEntities.length; i++) {
            histories.with("e" + i, 100, Histories.wave(10, 2, i), new Traits("", ofEntities[i]));
        }
        var data = TrainingData.of(histories.history(), Small.SETTINGS.target(), Small.SETTINGS.holdOut());
        return CommonCategories.of(data);
    }

    @Test
    void categoriesOfOneEntityAreOthers() {
        assertEquals(new Categories(List.of("a", "b")), common("b", "a", "c", "a", "b", ""));
        assertEquals(new Categories(List.of("a")), common("a", "a", ""));
        assertEquals(Categories.NONE, common("a", "a", "a"));
        assertEquals(Categories.NONE, common("a", "b", "c"));
        assertEquals(Categories.NONE, common("", ""));
    }

    @Test
    void ofTooManyThoseOfTheMostEntitiesAreKept() {
        var names = new ArrayList<String>();
        for (int i = 0; i < 70; i++) {
            var name = String.format("kind-%02d", i);
            names.addAll(List.of(name, name));
            if (i >= 60) {
                names.add(name);
            }
        }
        var kept = common(names.toArray(String[]::new));
        assertEquals(64, kept.names().size());
        assertTrue(kept.names().containsAll(List.of("kind-00", "kind-53", "kind-60", "kind-69")), kept.toString());
        assertEquals(8, kept.width());
        assertEquals(65, kept.rows());
    }
}
