package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.event.Tick;
import dev.gatecast.support.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelOfTargetsTest {
    private static final Model HEAT = Models.random(1);
    private static final Model LOAD = Models.random(2);
    private static final Model BOTH =
            named(Map.of("heat", HEAT.recipe(), "load", LOAD.recipe(), "near/heat", LOAD.recipe()));

    private static Model named(Map<String, Recipe> recipes) {
        return new ModelCodec().name(new TreeMap<>(recipes), new Lineage(new TreeMap<>()));
    }

    private static List<float[]> forecasts(Forecaster forecaster, String series, Model model) {
        var state = forecaster.newState();
        var random = new Random(3);
        var all = new ArrayList<float[]>();
        for (int row = 0; row < 150; row++) {
            var value = 20 + 5 * Math.sin(row * Math.PI / 12) + random.nextGaussian();
            var tick = new Tick(series, row * Models.HOUR, new double[] {value});
            var outcome = forecaster.advance(state, tick, new Governing(model, 1));
            var forecast = Objects.requireNonNull(outcome.forecast());
            assertEquals(model.id(), forecast.stamp().model());
            all.add(forecast.values().clone());
        }
        return all;
    }

    @Test
    void eachSeriesIsForecastByTheRecipeOfItsTarget() {
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var ofHeat = forecasts(forecaster, "a/heat", BOTH);
        var ofLoad = forecasts(forecaster, "a/load", BOTH);
        var alone = new Forecaster(ForecasterSettings.DEFAULT);
        var heat = forecasts(alone, "a", HEAT);
        var load = forecasts(alone, "a", LOAD);
        for (int row = 0; row < heat.size(); row++) {
            assertArrayEquals(heat.get(row), ofHeat.get(row), "row " + row);
            assertArrayEquals(load.get(row), ofLoad.get(row), "row " + row);
        }
    }

    @Test
    void theLongestNameThatEndsASeriesIsItsTarget() {
        assertEquals(HEAT.recipe(), BOTH.of("a/heat").recipe());
        assertEquals(LOAD.recipe(), BOTH.of("near/heat/load").recipe());
        assertEquals(LOAD.recipe(), BOTH.of("a/near/heat").recipe());
    }

    @Test
    void recipesWhoseForecastsDifferInShapeAreRefused() {
        var spec = HEAT.recipe();
        var others = new float[] {0.1f, 0.5f, 0.9f, 0.95f, 0.99f};
        var other = new Recipe(spec.spec(), spec.networks(), others, spec.warmUp());
        var refused =
                assertThrows(IllegalArgumentException.class, () -> named(Map.of("heat", HEAT.recipe(), "load", other)));
        assertEquals(
                "model: recipes of one cadence, with the same horizons and levels, were expected; those of heat and load"
                        + " differ",
                refused.getMessage());
    }

    @Test
    void aSeriesOfNoneOfItsTargetsIsRefusedByName() {
        for (var series : List.of("a", "a/rain", "heat", "aheat")) {
            var refused = assertThrows(UnfitModel.class, () -> BOTH.of(series));
            assertEquals(
                    "model " + BOTH.id()
                            + ": it has a recipe for the series of each of [heat, load, near/heat], not for " + series,
                    refused.getMessage());
        }
        assertSame(HEAT, HEAT.of("a"));
    }
}
