package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import dev.gatecast.feature.Context;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Input;
import dev.gatecast.feature.InputChoice;
import dev.gatecast.feature.Transform;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.Network;
import dev.gatecast.model.Output;
import dev.gatecast.support.Models;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainerTest {
    /** Of the larger of the whole change and the sum of the effects' sizes. */
    private static final double STATED_ERROR = 0.01;

    private static float[] wave(int n, long seed) {
        var random = new Random(seed);
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (50 + 20 * StrictMath.sin(i * StrictMath.PI / 12) + 4 * random.nextGaussian());
        }
        return values;
    }

    private static double sum(Explanation explanation) {
        return explanation.drivers().stream()
                .mapToDouble(Explanation.Driver::effect)
                .sum();
    }

    private static void assertAddsUp(Explanation explanation) {
        double sizes = explanation.drivers().stream()
                .mapToDouble(driver -> Math.abs(driver.effect()))
                .sum();
        double change = explanation.forecast() - explanation.level();
        assertEquals(change, sum(explanation) + explanation.rest(), 1e-3 * Math.max(1, sizes));
        assertTrue(
                Math.abs(explanation.rest()) <= STATED_ERROR * Math.max(sizes, Math.abs(change)),
                () -> "rest " + explanation.rest() + " of " + explanation);
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void effectsAddUpToTheChangeForEveryCellAndTransform(CellKind cell) {
        for (var transform : Transform.values()) {
            for (long seed = 1; seed <= 4; seed++) {
                var spec = Models.spec(transform);
                var head = new Architecture.Head(
                        spec.windows().profile(), spec.extras(), seed % 2 == 0 ? 24 : 8, 3, Models.LEVELS.length);
                var sizes = new Architecture(cell, spec.inputs(), 12, 1 + (int) seed % 2, head);
                var networks = List.of(Models.network(sizes, seed, 0.2), Models.network(sizes, seed + 100, 0.2));
                var recipe = new Recipe(spec, networks, Models.LEVELS, 24);
                var model = new Model("m", 1, recipe, new Lineage(new TreeMap<>()));
                for (int horizon = 1; horizon <= 3; horizon += 2) {
                    assertAddsUp(
                            new Explainer(model).explain(new Recent(1_000_000 * Models.HOUR, wave(96, seed)), horizon));
                }
            }
        }
    }

    @Test
    void effectsAddUpWithALearnedStartAndAttention() {
        var spec = Models.spec(Transform.SQRT);
        var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 24, 3, Models.LEVELS.length);
        for (var attention : List.of(Attention.ADDITIVE, Attention.DOT)) {
            var options = new Architecture.Options(true, Architecture.Options.NO_DECAY, attention, 6);
            var sizes = new Architecture(CellKind.GRU, spec.inputs(), 12, 2, head, options);
            var recipe = new Recipe(spec, List.of(Models.network(sizes, 5, 0.2)), Models.LEVELS, 24);
            var model = new Model("m", 1, recipe, new Lineage(new TreeMap<>()));
            assertAddsUp(new Explainer(model).explain(new Recent(1_000_000 * Models.HOUR, wave(96, 8)), 2));
        }
    }

    /** Its median is explained, whatever the width is. */
    @ParameterizedTest
    @ValueSource(strings = {"gaussian", "student-t 5", "student-t auto"})
    void effectsAddUpForEveryDistribution(String output) {
        for (var cell : CellKind.values()) {
            for (var transform : Transform.values()) {
                for (long seed = 1; seed <= 3; seed++) {
                    var spec = Models.spec(transform);
                    var head = new Architecture.Head(
                            spec.windows().profile(), spec.extras(), seed % 2 == 0 ? 24 : 8, 3, Output.of(output));
                    var sizes = new Architecture(cell, spec.inputs(), 12, 1 + (int) seed % 2, head);
                    var model = model(spec, List.of(Models.network(sizes, seed, 0.2)));
                    for (int horizon = 1; horizon <= 3; horizon++) {
                        assertAddsUp(new Explainer(model)
                                .explain(new Recent(1_000_000 * Models.HOUR, wave(96, seed)), horizon));
                    }
                }
            }
        }
    }

    /** With the time since the last tick as an input, here the second, and ticks at uneven times. */
    @ParameterizedTest
    @EnumSource(CellKind.class)
    void effectsAddUpWithDecay(CellKind cell) {
        for (var attention : Attention.values()) {
            for (long seed = 1; seed <= 12; seed++) {
                var spec = Models.spec(Transform.SQRT);
                var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 24, 3, Models.LEVELS.length);
                var options = new Architecture.Options(
                        seed % 2 == 0, (int) seed % spec.inputs(), attention, attention == Attention.NONE ? 0 : 6);
                var sizes = new Architecture(cell, spec.inputs(), 12, 1 + (int) seed % 2, head, options);
                var model = model(spec, List.of(Models.network(sizes, seed, 0.2)));
                assertAddsUp(new Explainer(model).explain(new Recent(1_000_000 * Models.HOUR, wave(96, seed)), 2));
            }
        }
    }

    private static Model model(FeatureSpec spec, List<Network> networks) {
        return new Model("m", 1, new Recipe(spec, networks, Models.LEVELS, 24), new Lineage(new TreeMap<>()));
    }

    @Test
    void theForecastIsTheOneThatTheForecasterMakes() {
        var model = Models.random(3);
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var state = forecaster.newState();
        var values = wave(96, 5);
        Forecast forecast = null;
        for (int i = 0; i < values.length; i++) {
            var tick = new Tick("a", i * Models.HOUR, new double[] {values[i]});
            forecast = forecaster.advance(state, tick, new Governing(model, 1)).forecast();
        }
        var explained = new Explainer(model).explain(new Recent(95 * Models.HOUR, values), 1);
        int median = model.recipe().level(0.5);
        assertEquals(Objects.requireNonNull(forecast).values()[median], explained.forecast(), 1e-3);
    }

    @Test
    void anotherFieldOfTheTicksIsExplainedToo() {
        var fields = new TickFields(List.of("load"));
        var model = Models.withContext(3, Models.fields("load"));
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT, fields);
        var state = forecaster.newState();
        var values = wave(96, 5);
        Forecast forecast = null;
        for (int i = 0; i < values.length; i++) {
            var tick = new Tick("a", i * Models.HOUR, new double[] {values[i], i % 5});
            forecast = forecaster.advance(state, tick, new Governing(model, 1)).forecast();
        }
        var explained = new Explainer(model, fields).explain(state.recent(), 1);
        int median = model.recipe().level(0.5);
        assertEquals(Objects.requireNonNull(forecast).values()[median], explained.forecast(), 1e-3);
        assertTrue(explained.drivers().stream().anyMatch(driver -> driver.name().equals("field load")));
    }

    @Test
    void whatIsKnownOfComingStepsIsOneDriverOfEachField() {
        var fields = new TickFields(List.of("load", "load+1", "load+2"));
        var model = Models.withContext(3, Models.future(2));
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT, fields);
        var state = forecaster.newState();
        var values = wave(96, 5);
        Forecast forecast = null;
        for (int i = 0; i < values.length; i++) {
            var tick = new Tick("a", i * Models.HOUR, new double[] {values[i], i % 5, i % 7, 9});
            forecast = forecaster.advance(state, tick, new Governing(model, 1)).forecast();
        }
        var explained = new Explainer(model, fields).explain(state.recent(), 1);
        int median = model.recipe().level(0.5);
        assertEquals(Objects.requireNonNull(forecast).values()[median], explained.forecast(), 1e-3);
        assertAddsUp(explained);
        var effect = explained.drivers().stream()
                .filter(driver -> driver.name().equals("coming load"))
                .toList();
        assertEquals(1, effect.size());
        assertTrue(effect.get(0).effect() != 0);
    }

    @Test
    void holidaysToComeAreOneDriver() {
        var model = Models.withContext(3, new Context(Models.days(), List.of()));
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var state = forecaster.newState();
        var values = wave(96, 5);
        long last = 11_337 * 24 * Models.HOUR - 3 * Models.HOUR; // the third step ahead begins a holiday
        Forecast forecast = null;
        for (int i = 0; i < values.length; i++) {
            var tick = new Tick("a", last - (values.length - 1 - i) * Models.HOUR, new double[] {values[i]});
            forecast = forecaster.advance(state, tick, new Governing(model, 1)).forecast();
        }
        var explained = new Explainer(model).explain(state.recent(), 3);
        int median = 2 * model.recipe().levels().length + model.recipe().level(0.5);
        assertEquals(Objects.requireNonNull(forecast).values()[median], explained.forecast(), 1e-3);
        assertAddsUp(explained);
        var effect = explained.drivers().stream()
                .filter(driver -> driver.name().equals("coming holidays"))
                .toList();
        assertEquals(1, effect.size());
        assertTrue(effect.get(0).effect() != 0);
    }

    @Test
    void theCategoryIsOneDriverAndEffectsAddUp() {
        var model = Models.withContext(3, Models.categories("express", "local", "night"));
        var categories = model.recipe().spec().context().categories();
        assertEquals(2, categories.width());
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var state = forecaster.newState();
        var values = wave(96, 5);
        Forecast forecast = null;
        for (int i = 0; i < values.length; i++) {
            var tick = new Tick("a", i * Models.HOUR, new double[] {values[i]}, new Traits("", "night"));
            forecast = forecaster.advance(state, tick, new Governing(model, 1)).forecast();
        }
        var explained = new Explainer(model).explain(state.recent(), 1);
        int median = model.recipe().level(0.5);
        assertEquals(Objects.requireNonNull(forecast).values()[median], explained.forecast(), 1e-3);
        assertAddsUp(explained);
        var drivers = explained.drivers().stream()
                .filter(driver -> driver.name().equals("category"))
                .toList();
        assertEquals(1, drivers.size());
        assertTrue(drivers.get(0).effect() != 0);
    }

    @Test
    void theMedianOfADirectedModelIsExplained() {
        var model = Models.directed(3);
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var state = forecaster.newState();
        var values = wave(96, 5);
        Forecast forecast = null;
        for (int i = 0; i < values.length; i++) {
            var tick = new Tick("a", i * Models.HOUR, new double[] {values[i]});
            forecast = forecaster.advance(state, tick, new Governing(model, 1)).forecast();
        }
        for (int horizon = 1; horizon <= 6; horizon += 5) {
            var explained = new Explainer(model).explain(state.recent(), horizon);
            int median = model.recipe().level(0.5);
            assertEquals(Objects.requireNonNull(forecast).quantile(horizon, median), explained.forecast(), 1e-3);
            assertAddsUp(explained);
        }
    }

    @Test
    void whatAModelDoesNotLookAtHasNoEffect() {
        var choice = new InputChoice.Listed(
                new InputChoice.Scale.Fixed(50, 10), List.of(Input.of("value"), Input.of("lag-24")));
        var spec = new FeatureSpec(
                Transform.IDENTITY,
                FeatureSpec.Seasons.NONE,
                new FeatureSpec.Windows(24, 0, 96),
                Models.HOUR,
                choice,
                new FeatureSpec.Spread(1, 0.1));
        var sizes = new Architecture(CellKind.GRU, 2, 5, 1, new Architecture.Head(0, 0, 0, 1, 1));
        var network = Models.network(sizes, 4, 0.5);
        var tensors = new TreeMap<String, FMatrixRMaj>(network.tensors());
        var first = Objects.requireNonNull(tensors.get("weight_ih_l0"));
        for (int row = 0; row < first.numRows; row++) {
            first.set(row, 1, 0);
        }
        var recipe = new Recipe(spec, List.of(new Network(sizes, tensors)), new float[] {0.5f}, 1);
        var model = new Model("m", 1, recipe, new Lineage(new TreeMap<>()));
        var explained = new Explainer(model).explain(new Recent(0, wave(80, 2)), 1);
        assertAddsUp(explained);
        assertEquals("value", explained.drivers().get(0).name());
        assertEquals(0f, explained.drivers().get(1).effect());
    }

    @Test
    void aStepUpIsExplainedByTheNewestValues() {
        var model = Models.random(6);
        var values = wave(96, 1);
        values[95] += 60;
        var quiet = new Explainer(model).explain(new Recent(0, wave(96, 1)), 1);
        var loud = new Explainer(model).explain(new Recent(0, values), 1);
        var names = List.of("newest value", "level", "step", "short-season-difference");
        assertTrue(size(loud, names) > 2 * size(quiet, names));
    }

    private static double size(Explanation explanation, List<String> names) {
        return explanation.drivers().stream()
                .filter(driver -> names.contains(driver.name()))
                .mapToDouble(driver -> Math.abs(driver.effect()))
                .sum();
    }

    @Test
    void tooFewValuesAndHorizonsThatThereAreNotAreRefused() {
        var explainer = new Explainer(Models.random(1));
        assertThrows(IllegalArgumentException.class, () -> explainer.explain(new Recent(0, wave(20, 1)), 1));
        assertThrows(IllegalArgumentException.class, () -> explainer.explain(new Recent(0, wave(96, 1)), 7));
        assertThrows(IllegalArgumentException.class, () -> explainer.explain(new Recent(0, wave(96, 1)), 0));
    }
}
