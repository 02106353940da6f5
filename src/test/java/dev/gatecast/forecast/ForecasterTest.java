package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Rejection;
import dev.gatecast.event.Tick;
import dev.gatecast.feature.Context;
import dev.gatecast.feature.Elapsed;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Transform;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.Network;
import dev.gatecast.support.Models;
import dev.gatecast.support.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class ForecasterTest {
    private final Forecaster forecaster = new Forecaster(ForecasterSettings.DEFAULT);

    private static Tick tick(int step, double value) {
        return new Tick("JFK", step * Models.HOUR, new double[] {value});
    }

    private static Tick daily(int step, Random random) {
        return tick(step, 30 + 20 * Math.sin(2 * Math.PI * step / 24) + random.nextGaussian());
    }

    private static List<Long> bits(EntityState state) {
        var numbers = new Numbers();
        state.visit(numbers);
        return numbers.bits();
    }

    private EntityState runTo(int steps, Governing governing) {
        var state = forecaster.newState();
        var random = new Random(1);
        for (int t = 0; t < steps; t++) {
            assertNull(forecaster.advance(state, daily(t, random), governing).rejection());
        }
        return state;
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e31})
    void aValueThatIsNoMeasurementLeavesNoTrace(double value) {
        var governing = new Governing(Models.random(1), 1);
        var state = runTo(150, governing);
        var before = bits(state);
        var outcome = forecaster.advance(state, tick(150, value), governing);
        assertEquals(Rejection.NOT_FINITE, outcome.rejection());
        assertTrue(outcome.reason().contains("got " + value), outcome.reason());
        assertEquals(before, bits(state));
    }

    /**
     * A network with a calendar, without a cadence: what it is primed with after a change of models has the times at which
     * the values came, not only their order.
     */
    @Test
    void anEntityThatPrimesAgainKnowsWhenItsValuesCame() {
        var plain = Models.withContext(1, Models.fields(Elapsed.NAME)).recipe().spec();
        var spec =
                new FeatureSpec(plain.transform(), plain.seasons(), plain.windows(), 0, plain.choice(), plain.spread());
        int elapsed = spec.inputNames().indexOf(Context.inputName(Elapsed.NAME));
        var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 16, 6, Models.LEVELS.length);
        var options = new Architecture.Options(false, elapsed, Attention.NONE, 0);
        var architecture = new Architecture(CellKind.GRU, spec.inputs(), 8, 1, head, options);
        var governing = new Governing(Models.model(spec, Models.network(architecture, 1, 0.1), 1), 1);
        var stayed = forecaster.newState();
        var primed = forecaster.newState();
        var random = new Random(1);
        long time = 0;
        for (int t = 0; t < 300; t++) {
            time += 1 + random.nextInt((int) (3 * Models.HOUR));
            var tick = new Tick("JFK", time, new double[] {30 + random.nextGaussian()});
            forecaster.advance(stayed, tick, governing);
            forecaster.advance(primed, tick, governing);
        }
        primed.fingerprint = 0;
        var next = new Tick("JFK", time + Models.HOUR, new double[] {31});
        forecaster.advance(stayed, next, governing);
        forecaster.advance(primed, next, governing);
        assertArrayEquals(stayed.hidden, primed.hidden, 5e-3f);
    }

    private static Tick missing(int step, double value) {
        return new Tick("JFK", step * Models.HOUR, new double[] {value}, true);
    }

    @Test
    void aMissingTickIsForecastFromButJudgesNothing() {
        var governing = new Governing(Models.random(1), 1);
        var state = runTo(150, governing);
        var detector = new Numbers();
        state.detector.visit(detector);
        long judged = state.widths.judged();
        var values = state.recentValues();
        int newest = values.length;
        double guess = ((double) values[newest - 24] + values[newest - 48] + values[newest - 96]) / 3;
        var outcome = forecaster.advance(state, missing(150, Double.NaN), governing);
        assertNull(outcome.rejection());
        assertEquals(150 * Models.HOUR, outcome.forecast().madeAt());
        assertNull(outcome.alert());
        assertEquals((float) guess, state.recentValues()[newest]);
        assertEquals(guess, outcome.tick().values()[0]);
        assertTrue(outcome.tick().missing());
        var after = new Numbers();
        state.detector.visit(after);
        assertEquals(detector.bits(), after.bits());
        assertEquals(judged, state.widths.judged());
    }

    @Test
    void aMissingTickWithAValueKeepsIt() {
        var state = runTo(150, null);
        forecaster.advance(state, missing(150, 7), null);
        assertEquals(7, state.recentValues()[150]);
    }

    @Test
    void withoutAModelAMissingTickHasTheLastValue() {
        var state = runTo(150, null);
        forecaster.advance(state, missing(150, Double.NaN), null);
        assertEquals(state.recentValues()[149], state.recentValues()[150]);
    }

    @Test
    void anEntityDoesNotBeginWithAMissingTick() {
        var outcome = forecaster.advance(forecaster.newState(), missing(0, Double.NaN), null);
        assertEquals(Rejection.NOT_FINITE, outcome.rejection());
    }

    @Test
    void aTickThatIsNotNewerNeverAdvancesTheCell() {
        var governing = new Governing(Models.random(1), 1);
        var state = runTo(150, governing);
        var before = bits(state);
        assertEquals(
                Rejection.DUPLICATE,
                forecaster.advance(state, tick(149, 3), governing).rejection());
        assertEquals(
                Rejection.LATE,
                forecaster.advance(state, tick(12, 3), governing).rejection());
        assertEquals(before, bits(state));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aStateReadBackGoesOnWithTheSameBits(int layers) {
        var governing = new Governing(Models.random(5, 8, layers), 1);
        var hot = forecaster.newState();
        var cold = forecaster.newState();
        var other = new Forecaster(ForecasterSettings.DEFAULT);
        var random = new Random(2);
        for (int t = 0; t < 400; t++) {
            var tick = daily(t, random);
            var from = t < 60 ? null : governing;
            var expected = copy(forecaster.advance(hot, tick, from).forecast());
            var numbers = new Numbers();
            cold.visit(numbers);
            cold = new EntityState(ForecasterSettings.DEFAULT.ring());
            cold.visit(numbers.rewind());
            var actual = copy(other.advance(cold, tick, from).forecast());
            assertArrayEquals(expected, actual, "step " + t);
            assertEquals(bits(hot), bits(cold), "step " + t);
        }
    }

    /** The values of the last forecast of a model that begins at a step. */
    private static float[] lastOf(TickFields fields, int begin, int steps, double factor) {
        var usual = ForecasterSettings.DEFAULT;
        var uncalibrated =
                new ForecasterSettings(usual.ring(), 1, 1e30, 3, usual.output().withPace(0), usual.detector());
        var others = new Forecaster(uncalibrated, fields);
        var governing = new Governing(Models.withContext(1, Models.fields("load")), 1);
        var state = others.newState();
        var random = new Random(1);
        float[] last = {};
        for (int t = 0; t < steps; t++) {
            var value = daily(t, random).values()[0];
            var load = t % 7 == 0 ? Double.NaN : factor * random.nextGaussian();
            var values = new double[1 + fields.names().size()];
            values[0] = value;
            values[1 + fields.names().indexOf("load")] = load;
            var tick = new Tick("JFK", t * Models.HOUR, values);
            var forecast =
                    others.advance(state, tick, t < begin ? null : governing).forecast();
            last = forecast == null ? last : forecast.values().clone();
        }
        return last;
    }

    @Test
    void otherFieldsAreReplayedWithTheRing() {
        var fields = new TickFields(List.of("load"));
        var always = lastOf(fields, 0, 120, 1);
        assertArrayEquals(always, lastOf(fields, 90, 120, 1));
        assertArrayEquals(always, lastOf(new TickFields(List.of("seats", "load")), 90, 120, 1));
        assertFalse(Arrays.equals(always, lastOf(fields, 0, 120, -1)));
    }

    @Test
    void aModelThatNeedsAFieldThatTheTicksLackIsRefused() {
        var governing = new Governing(Models.withContext(1, Models.fields("load")), 1);
        var error =
                assertThrows(UnfitModel.class, () -> forecaster.advance(forecaster.newState(), tick(0, 1), governing));
        assertTrue(error.getMessage().contains("needs the field load"), error.getMessage());
    }

    @Test
    void aNewModelReplaysTheRingFromZero() {
        var first = new Governing(Models.random(1), 1);
        var second = new Governing(Models.random(2), 2);
        var switched = runTo(300, first);
        forecaster.advance(switched, tick(300, 31), second);

        var fresh = forecaster.newState();
        var values = switched.recentValues();
        int from = values.length - Models.spec(Transform.SQRT).windows().ring();
        for (int i = from; i < values.length; i++) {
            forecaster.advance(fresh, tick(300 - values.length + 1 + i, values[i]), second);
        }
        assertArrayEquals(fresh.hidden, switched.hidden);
        assertEquals(2, switched.sequence);
    }

    @Test
    void anEqualModelChangesNothing() {
        var model = Models.random(1);
        var twin = new Model("ab".repeat(32), model.fingerprint(), model.recipe(), model.lineage());
        var kept = runTo(200, new Governing(model, 1));
        var swapped = runTo(200, new Governing(model, 1));
        var expected = copy(
                forecaster.advance(kept, tick(200, 40), new Governing(model, 1)).forecast());
        var outcome = forecaster.advance(swapped, tick(200, 40), new Governing(twin, 2));
        assertArrayEquals(expected, copy(outcome.forecast()));
        assertEquals("ab".repeat(32), outcome.forecast().stamp().model());
        assertFalse(outcome.forecast().stamp().warming());
    }

    @Test
    void anEntityNeverGoesBackToAnOlderActivation() {
        var model = Models.random(1);
        var state = runTo(10, new Governing(model, 2));
        var before = bits(state);
        assertThrows(
                IllegalStateException.class, () -> forecaster.advance(state, tick(10, 1), new Governing(model, 1)));
        assertEquals(before, bits(state));
    }

    @Test
    void anImpossibleForecastIsNotEmittedAndLeavesTheStateAsItWas() {
        var spec = Models.spec(Transform.IDENTITY);
        var sizes = new Architecture(CellKind.GRU, spec.inputs(), 4, 1, new Architecture.Head(48, 8, 4, 6, 5));
        var broken = new TreeMap<>(Models.network(sizes, 1, 0.1).tensors());
        for (var name : List.of("head.out.bias", "head.skip.bias")) {
            var huge = broken.get(name).copy();
            Arrays.fill(huge.data, 3e38f);
            broken.put(name, huge);
        }
        var governing = new Governing(Models.model(spec, new Network(sizes, broken), 9), 1);
        var state = runTo(47, governing);
        var ring = state.recentValues();
        for (int t = 47; t < 50; t++) {
            var outcome = forecaster.advance(state, tick(t, 5), governing);
            assertEquals(Rejection.BAD_NUMBER, outcome.rejection());
            assertNull(outcome.forecast());
            assertArrayEquals(ring, state.recentValues());
        }
        assertEquals(0, state.fingerprint, "re-primes after three violations");
        assertEquals(47, state.rows());
    }

    @Test
    void aViolationAtAModelThatNeedsALongerRingKeepsEveryValue() {
        var spec = Models.spec(Transform.IDENTITY);
        var sizes = new Architecture(CellKind.GRU, spec.inputs(), 4, 1, new Architecture.Head(48, 8, 4, 6, 5));
        var broken = new TreeMap<>(Models.network(sizes, 1, 0.1).tensors());
        var huge = broken.get("head.out.bias").copy();
        Arrays.fill(huge.data, Float.MAX_VALUE);
        broken.put("head.out.bias", huge);
        var skip = broken.get("head.skip.bias").copy();
        Arrays.fill(skip.data, Float.MAX_VALUE);
        broken.put("head.skip.bias", skip);
        var small = new Forecaster(new ForecasterSettings(
                60, 1, 1e30, 3, ForecasterSettings.Output.DEFAULT, ForecasterSettings.DEFAULT.detector()));
        var state = small.newState();
        for (int t = 0; t < 80; t++) {
            small.advance(state, tick(t, 10 + t), null);
        }
        var before = state.recentValues();
        var governing = new Governing(Models.model(spec, new Network(sizes, broken), 9), 1);
        assertEquals(
                Rejection.BAD_NUMBER,
                small.advance(state, tick(80, 5), governing).rejection());
        assertArrayEquals(before, state.recentValues());
    }

    @Test
    void aYoungEntityGetsAFlaggedForecastFromItsFirstTick() {
        var governing = new Governing(Models.random(1), 1);
        var state = forecaster.newState();
        var random = new Random(3);
        for (int t = 0; t < 48; t++) {
            var forecast =
                    forecaster.advance(state, daily(t, random), governing).forecast();
            assertNotNull(forecast);
            assertEquals(t < 47, forecast.stamp().warming(), "step " + t);
            assertSound(forecast);
        }
    }

    @Test
    void theForecastOnDemandIsTheOneThatWasEmitted() {
        var governing = new Governing(Models.random(4), 1);
        for (int steps : new int[] {3, 47, 48, 130}) {
            var state = runTo(steps, governing);
            var emitted =
                    copy(forecaster.advance(state, tick(steps, 25), governing).forecast());
            assertArrayEquals(emitted, copy(forecaster.forecast("JFK", state, governing)));
        }
    }

    @Test
    void forecastsCanBeMadeAtEveryNthTickOnly() {
        var settings = new ForecasterSettings(
                336, 6, 1e30, 3, ForecasterSettings.Output.DEFAULT, ForecasterSettings.DEFAULT.detector());
        var sparse = new Forecaster(settings);
        var governing = new Governing(Models.random(4), 1);
        var state = sparse.newState();
        var random = new Random(1);
        for (int t = 0; t < 120; t++) {
            var forecast = sparse.advance(state, daily(t, random), governing).forecast();
            assertEquals(t % 6 == 0, forecast != null, "step " + t);
        }
    }

    @Test
    void aShiftRaisesAnAlertWithWhatWasExpected() {
        var governing = new Governing(Models.random(1), 1);
        var state = runTo(400, governing);
        var outcome = forecaster.advance(state, tick(400, 500), governing);
        var alert = outcome.alert();
        assertNotNull(alert);
        assertEquals(Alert.Phase.OPEN, alert.phase());
        assertEquals(400 * Models.HOUR, alert.episode().openedAt());
        assertEquals(500, alert.evidence().value());
        assertTrue(alert.evidence().lower() <= alert.evidence().expected());
        assertTrue(alert.evidence().expected() <= alert.evidence().upper());
    }

    @Test
    void anAlertThatOpensNamesWhatMovedTheForecastItLeft() {
        var model = Models.random(1);
        var governing = new Governing(model, 1);
        var state = runTo(400, governing);
        var recent = state.recent();
        var expected = state.expectation.median;
        var alert = forecaster.advance(state, tick(400, 500), governing).alert();
        assertNotNull(alert);
        var explained = new Explainer(model).explain(recent, 1);
        assertEquals(expected, explained.forecast(), 1e-3 * Math.abs(expected), "of the forecast that the tick left");
        assertTrue(Math.abs(explained.rest())
                <= 0.01 * Math.abs(explained.drivers().get(0).effect()));
        var drivers = alert.episode().drivers();
        assertEquals(3, drivers.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(explained.drivers().get(i).name(), drivers.get(i).input());
            assertEquals(explained.drivers().get(i).effect(), drivers.get(i).effect());
        }
    }

    @Test
    void onlyOpeningAlertsHaveDriversAndOnlyWhereTheyAreAskedForAndThereWasAForecast() {
        var governing = new Governing(Models.random(1), 1);
        var state = runTo(400, governing);
        var phases = new ArrayList<Alert.Phase>();
        for (int t = 400; t < 600; t++) {
            var alert = forecaster
                    .advance(state, tick(t, t < 430 ? 500 + 40 * t : 30), governing)
                    .alert();
            if (alert != null) {
                phases.add(alert.phase());
                assertEquals(
                        alert.phase() == Alert.Phase.OPEN,
                        !alert.episode().drivers().isEmpty());
            }
        }
        assertTrue(phases.containsAll(List.of(Alert.Phase.OPEN, Alert.Phase.CLOSE)), phases.toString());
        var output = ForecasterSettings.Output.DEFAULT;
        var without = new Forecaster(new ForecasterSettings(
                336,
                1,
                1e30,
                3,
                new ForecasterSettings.Output(output.widthPace(), output.least(), output.most(), false, 0, false),
                ForecasterSettings.DEFAULT.detector()));
        var none = without.advance(runTo(400, governing), tick(400, 500), governing)
                .alert();
        assertEquals(List.of(), none.episode().drivers());
        var bare = forecaster.advance(runTo(400, null), tick(400, 500), null).alert();
        assertEquals(List.of(), bare.episode().drivers());
        var swapped = forecaster.advance(runTo(400, governing), tick(400, 500), new Governing(Models.random(2), 2));
        assertEquals(List.of(), swapped.alert().episode().drivers());
    }

    @Test
    void aDirectedModelSaysHowLikelyTheValueMoves() {
        var governing = new Governing(Models.directed(3), 1);
        var state = runTo(60, governing);
        var forecast = forecaster.advance(state, tick(60, 31), governing).forecast();
        assertSound(forecast);
        var directions = forecast.directions();
        assertEquals(18, directions.probabilities().length);
        for (int h = 0; h < 6; h++) {
            float sum = 0;
            for (int i = 3 * h; i < 3 * h + 3; i++) {
                assertTrue(directions.probabilities()[i] > 0);
                sum += directions.probabilities()[i];
            }
            assertEquals(1, sum, 1e-6f);
        }
        float unit = (directions.above() - directions.below()) / 0.75f;
        assertEquals(31 - 0.5f * unit, directions.below(), 1e-3f);
        assertEquals(31 + 0.25f * unit, directions.above(), 1e-3f);
        assertEquals(0, directions.classOf(31 - unit));
        assertEquals(1, directions.classOf(31));
        assertEquals(2, directions.classOf(31 + unit));
        assertNull(
                forecaster
                        .advance(forecaster.newState(), tick(0, 31), governing)
                        .forecast()
                        .directions(),
                "young");
        var onDemand = forecaster.forecast("JFK", state, governing).directions();
        assertArrayEquals(directions.probabilities(), onDemand.probabilities());
    }

    @Test
    void theProbabilitiesOfSeveralNetworksAreTheirMean() {
        var one = Models.directed(3).recipe();
        var two = Models.directed(4).recipe();
        var both = new Recipe(
                one.spec(), List.of(one.networks().get(0), two.networks().get(0)), Models.LEVELS, one.warmUp());
        var all = new ArrayList<float[]>();
        for (var recipe : List.of(one, two, both)) {
            var governing =
                    new Governing(new Model("m" + all.size(), all.size() + 1, recipe, new Lineage(new TreeMap<>())), 1);
            var state = runTo(60, governing);
            all.add(forecaster
                    .advance(state, tick(60, 31), governing)
                    .forecast()
                    .directions()
                    .probabilities());
        }
        for (int i = 0; i < 18; i++) {
            assertEquals((all.get(0)[i] + all.get(1)[i]) / 2, all.get(2)[i], 1e-7f);
        }
    }

    @Test
    void theFutureChangesNothingThatWasSaidBefore() {
        var governing = new Governing(Models.random(1), 1);
        var said = new ArrayList<List<Float>>();
        for (double later : new double[] {30, 1e6}) {
            var state = runTo(200, governing);
            var forecast = forecaster.advance(state, tick(200, 33), governing).forecast();
            said.add(list(copy(forecast)));
            forecaster.advance(state, tick(201, later), governing);
            said.add(list(copy(forecast)));
        }
        assertEquals(said.get(0), said.get(1));
        assertEquals(said.get(0), said.get(2));
    }

    @Test
    void anotherModelForecastsOtherwise() {
        var one = runTo(200, new Governing(Models.random(1), 1));
        var two = runTo(200, new Governing(Models.random(2), 1));
        assertNotEquals(list(one.hidden), list(two.hidden));
    }

    private static void assertSound(Forecast forecast) {
        int levels = forecast.levels().length;
        for (int i = 0; i < forecast.values().length; i++) {
            assertTrue(Float.isFinite(forecast.values()[i]));
            assertTrue(i % levels == 0 || forecast.values()[i - 1] <= forecast.values()[i], "ordered");
        }
    }

    private static float[] copy(Forecast forecast) {
        return forecast == null ? new float[0] : forecast.values().clone();
    }

    private static List<Float> list(float[] values) {
        var list = new ArrayList<Float>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
