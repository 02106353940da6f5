package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.HOUR;
import static dev.gatecast.trainer.Histories.START;
import static dev.gatecast.trainer.Histories.wave;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Tick;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.FeatureSpec.Spread;
import dev.gatecast.feature.FeatureSpec.Windows;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.CellKind;
import dev.gatecast.support.Models;
import dev.gatecast.trainer.TrainerSettings.HoldOut;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrainingDataTest {
    private static final Target HOURLY = Target.DEFAULT;
    private static final Target ROWS =
            new Target(24, Target.DEFAULT.levels(), new Seasons(24, 168), 1, false, Optional.empty());

    @Test
    void cutsAllEntitiesAtOneTimeWhereTicksCarryTimes() {
        var history = new Histories()
                .with("old", 1000, wave(10, 2, 1))
                .with("gone", 500, wave(10, 2, 2))
                .history();
        var data = TrainingData.of(history, HOURLY, HoldOut.DEFAULT);
        for (var past : data.pasts()) {
            for (int i = 0; i < past.rows(); i++) {
                assertEquals(past.times()[i] < data.fitUntil(), i < past.fitEnd());
                assertEquals(past.times()[i] < data.selectUntil(), i < past.selectEnd());
            }
        }
        assertTrue(data.fitUntil() < data.selectUntil());
        assertTrue(data.selectUntil() < START + 1000 * HOUR);
    }

    @Test
    void holdsOutWholeForecastsWhereSomeEntitiesBeginLate() {
        var histories = new Histories().with("old", 160, wave(10, 2, 1));
        for (int row = 100; row < 160; row++) {
            histories.tick("late", START + row * HOUR, row % 7);
        }
        var data = TrainingData.of(histories.history(), HOURLY, HoldOut.DEFAULT);
        var old = data.pasts().get(1);
        assertEquals("old", old.entity());
        assertEquals(160 - 48, old.fitEnd());
        assertEquals(160 - 24, old.selectEnd());
    }

    @Test
    void cutsEachEntityAtItsOwnShareWhereTicksCarryRowNumbers() {
        var history = new Histories()
                .with("long", 1000, wave(10, 2, 1))
                .with("short", 500, wave(10, 2, 2))
                .history();
        var data = TrainingData.of(history, ROWS, HoldOut.DEFAULT);
        assertEquals(850, data.pasts().get(0).fitEnd());
        assertEquals(950, data.pasts().get(0).selectEnd());
        assertEquals(425, data.pasts().get(1).fitEnd());
        assertEquals(475, data.pasts().get(1).selectEnd());
    }

    @Test
    void holdsOutAtLeastTwoHorizons() {
        var history = new Histories().with("short", 200, wave(10, 2, 1)).history();
        var past = TrainingData.of(history, ROWS, HoldOut.DEFAULT).pasts().get(0);
        assertEquals(200 - 48, past.fitEnd());
        assertEquals(200 - 24, past.selectEnd());
    }

    @Test
    void leavesOutValuesThatAreNotFinite() {
        var history = new Histories()
                .with("gappy", 400, row -> row % 2 == 0 ? row : Double.NaN)
                .history();
        var past = TrainingData.of(history, HOURLY, HoldOut.DEFAULT).pasts().get(0);
        assertEquals(200, past.rows());
        assertEquals(START + 2 * HOUR, past.times()[1]);
    }

    /** The trainer fills gaps with the very values that the forecaster puts in their place. */
    @Test
    void missingValuesAreGuessedAsTheForecasterGuessesThem() {
        var spec = new FeatureSpec(
                Transform.IDENTITY, new Seasons(24, 168), new Windows(48, 48, 400), HOUR, true, new Spread(1, 0.05));
        var architecture = new Architecture(
                CellKind.GRU,
                spec.inputs(),
                4,
                1,
                new Architecture.Head(48, spec.extras(), 4, 6, Models.LEVELS.length));
        var model = Models.model(spec, Models.network(architecture, 1, 0.1), 1);
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var state = forecaster.newState();
        var gaps = new Random(2);
        var histories = new Histories();
        var value = wave(10, 2, 1);
        for (int row = 0; row < 400; row++) {
            boolean missing = row > 0 && gaps.nextInt(3) == 0;
            double came = value.applyAsDouble(row);
            var tick = new Tick("a", START + row * HOUR, new double[] {missing ? Double.NaN : came}, missing);
            histories.tick(tick);
            assertNull(forecaster.advance(state, tick, new Governing(model, 1)).rejection());
        }
        var past = TrainingData.of(histories.history(), HOURLY, HoldOut.DEFAULT)
                .pasts()
                .get(0);
        var live = state.recentValues();
        assertEquals(400, live.length);
        for (int row = 0; row < 400; row++) {
            assertEquals(live[row], (float) past.values()[row], 1e-5f, "row " + row);
        }
        assertTrue(past.guessed().cardinality() > 100);
    }

    /** 300 hours, then an outage that guesses stand for, longer than all that is held out. */
    @Test
    void afterAnOutageRowsThatCameSelectAndJudge() {
        var histories = new Histories();
        var value = wave(10, 2, 1);
        for (int row = 0; row < 620; row++) {
            var values = new double[] {row < 300 ? value.applyAsDouble(row) : Double.NaN};
            histories.tick(new Tick("a", START + row * HOUR, values, row >= 300));
        }
        var past = TrainingData.of(histories.history(), HOURLY, HoldOut.DEFAULT)
                .pasts()
                .get(0);
        assertEquals(620, past.rows());
        assertEquals(252, past.fitEnd());
        assertEquals(276, past.selectEnd());
        assertEquals(24, past.observed(past.selectEnd(), past.rows()));
    }

    @Test
    void refusesAnEmptyHistory() {
        var history = new Histories().with("nothing", 10, row -> Double.NaN).history();
        var e = assertThrows(UnusableHistory.class, () -> TrainingData.of(history, HOURLY, HoldOut.DEFAULT));
        assertEquals(
                "finite values of value to train on were expected, none of the history's 10 ticks has one",
                e.getMessage());
    }

    @Test
    void refusesAHistoryThatTheHorizonEatsUp() {
        var history = new Histories().with("short", 40, row -> row % 7).history();
        var e = assertThrows(UnusableHistory.class, () -> TrainingData.of(history, HOURLY, HoldOut.DEFAULT));
        assertEquals(
                "twice the horizon of 24 steps is held out to judge, and nothing of the longest entity's 40 rows is left"
                        + " to train on: give more history or a shorter horizon",
                e.getMessage());
    }

    @Test
    void refusesAConstant() {
        var history = new Histories().with("flat", 1000, row -> 5).history();
        var e = assertThrows(UnusableHistory.class, () -> TrainingData.of(history, HOURLY, HoldOut.DEFAULT));
        assertEquals("every value to train on is 5.0: there is nothing to learn from a constant", e.getMessage());
    }

    @Test
    void refusesCountersThatGrowByLessThanFloatsAreApart() {
        var counters = new Histories()
                .with("counter", 600, counter(5e8))
                .with("sales", 600, wave(10, 2, 3))
                .history();
        var e = assertThrows(
                UnusableHistory.class,
                () -> TrainingData.of(counters, Small.SETTINGS.target(), Small.SETTINGS.holdOut()));
        var message = String.valueOf(e.getMessage());
        assertTrue(
                message.startsWith("the movement of counter is lost: a model keeps values as 32-bit floats"), message);
        assertTrue(message.endsWith("subtract a constant from the values; 1 of 2 series are like that"), message);
    }

    @Test
    void leavesOutTheCounterThatGrowsByLessThanFloatsAreApartAmongOthers() {
        var mostly = new Histories()
                .with("counter", 600, counter(5e8))
                .with("low", 600, counter(5e3))
                .with("sales", 600, wave(10, 2, 3))
                .history();
        var data = TrainingData.of(mostly, Small.SETTINGS.target(), Small.SETTINGS.holdOut());
        assertEquals(
                List.of("low", "sales"), data.pasts().stream().map(Past::entity).toList());
    }

    /** Grows by about 2 an hour, more by day. */
    private static IntToDoubleFunction counter(double from) {
        var use = wave(2, 1, 5);
        var at = new double[] {from};
        return row -> at[0] += use.applyAsDouble(row);
    }
}
