package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.StateCodec;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.score.WidthState;
import dev.gatecast.support.Models;
import dev.gatecast.support.Numbers;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class HandoverTest extends OneEntity {
    private static final Model MODEL = Models.random(1); // sees 48 values, forecasts 6: odds for 8 rows, over after 40
    private static final Governing GOVERNING = new Governing(MODEL, 1);
    private static final int FIRST = 48; // rows when the head first speaks
    private static final int OVER = FIRST + 40;

    private static double wave(int row) {
        return 50 + 20 * StrictMath.sin(row * Math.PI / 12) + new Random(row).nextGaussian();
    }

    private static EntityState run(boolean mixture, Governing governing, int rows) {
        var forecaster = forecaster(mixture);
        var state = forecaster.newState();
        for (int row = 0; row < rows; row++) {
            forecaster.advance(state, tick(row, wave(row)), governing);
        }
        return state;
    }

    /** Mean absolute error of the medians, and the share of values within 90 %, of the rows in which nothing is known yet. */
    private static double[] judged(boolean mixture, IntToDoubleFunction series) {
        var forecaster = forecaster(mixture);
        var state = forecaster.newState();
        double error = 0;
        int within = 0;
        int count = 0;
        for (int row = 0; row < FIRST + 20; row++) {
            var forecast = forecaster
                    .advance(state, tick(row, series.applyAsDouble(row)), GOVERNING)
                    .forecast();
            for (int h = 1; row >= FIRST && h <= 6; h++) {
                double value = series.applyAsDouble(row + h);
                error += Math.abs(value - forecast.quantile(h, 2));
                within += value >= forecast.quantile(h, 0) && value <= forecast.quantile(h, 4) ? 1 : 0;
                count++;
            }
        }
        return new double[] {error / count, (double) within / count};
    }

    @Test
    void anEntityThatTheModelDoesNotKnowIsNotLeftToItAtOnce() {
        var alone = judged(false, HandoverTest::wave);
        var handed = judged(true, HandoverTest::wave);
        assertTrue(handed[0] < 0.25 * alone[0], handed[0] + " for " + alone[0]);
        assertTrue(handed[1] > 0.9 && alone[1] < 0.7, handed[1] + " for " + alone[1]);
    }

    private static final class Side {
        final float[] values = new float[MODEL.recipe().horizons() * Models.LEVELS.length];
        final float[] means = new float[MODEL.recipe().horizons()];
    }

    /** What leaves where the model says numbers from 1 on, after so many rows of a series of 100. */
    private static Side mixed(Handover handover, EntityState state, int rows, float odds) {
        state.rows = rows;
        state.lastTime = rows * Models.HOUR;
        state.handover.begun = true;
        state.handover.odds = odds;
        var side = new Side();
        for (int i = 0; i < side.values.length; i++) {
            side.values[i] = i + 1;
        }
        handover.mix(state, side.values, side.means);
        return side;
    }

    private static Handover handover(Recipe recipe) {
        var kernel = new Kernel(
                new Model(MODEL.id(), 1, recipe, MODEL.lineage()),
                ForecasterSettings.DEFAULT.output().withMixture(true),
                TickFields.NONE);
        return kernel.handover;
    }

    private static EntityState constant() {
        var state = run(true, GOVERNING, 0);
        state.ring.fit(MODEL.recipe().spec().transform(), 96);
        for (int i = 0; i < 96; i++) {
            state.ring.push(100);
        }
        new Kernel(MODEL, ForecasterSettings.DEFAULT.output(), TickFields.NONE).widths.adopt(state.widths);
        return state;
    }

    @Test
    void theModelsShareIsItsOddsAndThenGrowsToAll() {
        var handover = handover(MODEL.recipe());
        var state = constant();
        int median = 2; // of the first horizon, where the model says 3 and the warm-up 100
        assertEquals(51.5, mixed(handover, state, FIRST, 1).values[median], 1e-3);
        assertEquals(50, mixed(handover, state, FIRST, 1).means[0], 1e-3);
        assertEquals(100 - 97 * 0.75, mixed(handover, state, FIRST + 7, 3).values[median], 1e-3);
        assertEquals(100 - 97 * 0.875, mixed(handover, state, FIRST + 24, 3).values[median], 1e-3);
        assertEquals(3, mixed(handover, state, OVER, 1e-6f).values[median]);
        assertEquals(3, mixed(handover, state, 10_000, 1).values[median]);
    }

    private static EntityState fittedBefore(int row) {
        var correction = new Correction(row * Models.HOUR, new float[0], Double.NEGATIVE_INFINITY);
        var model = new Model(MODEL.id(), 1, MODEL.recipe().with(correction), MODEL.lineage());
        return run(true, new Governing(model, 1), FIRST + 6);
    }

    @Test
    void anEntityThatTheModelWasFittedToHasNothingToShow() {
        assertTrue(fittedBefore(FIRST - 2).handover.begun);
        assertFalse(fittedBefore(FIRST - 1).handover.begun);
        assertFalse(run(true, GOVERNING, 0).handover.begun);
    }

    /** One that is old when its first model comes. */
    @Test
    void anEntityThatHadItsRowsBeforeTheModelGoesOverAtOnce() {
        var forecaster = forecaster(true);
        var state = run(true, null, FIRST + 6);
        forecaster.advance(state, tick(FIRST + 6, wave(FIRST + 6)), GOVERNING);
        assertFalse(state.handover.begun);
    }

    @Test
    void eachValueMovesTheOddsByHowLikelyItWas() {
        var handover = handover(MODEL.recipe());
        var state = new HandoverState();
        handover.settle(state, 5);
        assertEquals(1, state.odds, "nothing waited");
        state.median = 10;
        state.deviation = 1;
        state.youngMedian = 12;
        state.youngDeviation = 2;
        handover.settle(state, 11);
        double both = (1 + 0.25 / 7) / (1 + 1 / 7.0);
        assertEquals(2 * Math.pow(both, 4), state.odds, 1e-6);
        handover.settle(state, 1e30);
        assertEquals(Math.pow(both, 4) / 10, state.odds, 1e-6, "20 times at most");
        for (int i = 0; i < 20; i++) {
            handover.settle(state, 1e30);
        }
        assertEquals(1e-6f, state.odds);
    }

    private static List<Long> bits(WidthState widths) {
        var numbers = new Numbers();
        widths.visit(numbers);
        return numbers.bits();
    }

    /** Before the mixture has judged anything, so that the handover alone makes the difference. */
    @Test
    void calibrationLearnsFromTheModelsOwnForecast() {
        int rows = FIRST + 6;
        var alone = run(false, GOVERNING, rows);
        var handed = run(true, GOVERNING, rows);
        assertNotEquals(alone.expectation.median, handed.expectation.median);
        assertEquals(bits(alone.widths), bits(handed.widths));
        assertTrue(handed.handover.odds < 1, "odds " + handed.handover.odds);
        assertFalse(run(true, GOVERNING, OVER).handover.begun);
    }

    @Test
    void aStateReadBackGoesOnWithTheSameHandover() throws UndecodableException {
        var codec = new StateCodec();
        var forecaster = forecaster(true);
        var stayed = forecaster.newState();
        var returned = forecaster.newState();
        for (int row = 0; row < OVER + 20; row++) {
            var one = copy(
                    forecaster.advance(stayed, tick(row, wave(row)), GOVERNING).forecast());
            var two = copy(forecaster
                    .advance(returned, tick(row, wave(row)), GOVERNING)
                    .forecast());
            assertArrayEquals(one, two, "row " + row);
            assertEquals(row < OVER - 1, stayed.handover.begun, "row " + row);
            returned = codec.decode(codec.encode(returned));
        }
        assertArrayEquals(codec.encode(stayed), codec.encode(returned));
    }

    @Test
    void aForecastOnDemandIsTheOneThatLeft() {
        var forecaster = forecaster(true);
        var state = forecaster.newState();
        for (int row = 0; row < FIRST + 20; row++) {
            var left = copy(
                    forecaster.advance(state, tick(row, wave(row)), GOVERNING).forecast());
            assertArrayEquals(left, forecaster.forecast("JFK", state, GOVERNING).values(), "row " + row);
        }
    }

    /** Nothing was said of the next tick of another model. */
    @Test
    void anotherModelBeginsAnew() {
        var state = run(true, GOVERNING, FIRST + 6);
        var forecaster = forecaster(true);
        forecaster.advance(state, tick(FIRST + 6, wave(FIRST + 6)), new Governing(Models.random(2), 2));
        assertTrue(state.handover.begun);
        assertEquals(1, state.handover.odds);
    }
}
