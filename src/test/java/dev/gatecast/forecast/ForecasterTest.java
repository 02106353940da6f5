package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
class ForecasterTest extends OneEntity {
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
        assertEquals(
                "expected a time after the entity's last, "
                        + Tick.text(tick(149, 3).time()) + ", got "
                        + Tick.text(tick(12, 3).time()),
                forecaster.advance(state, tick(12, 3), governing).reason());
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
}
