package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.StateCodec;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.event.Forecast;
import dev.gatecast.event.Tick;
import dev.gatecast.feature.Elapsed;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.trainer.TrainerSettings.Descent;
import dev.gatecast.trainer.TrainerSettings.Target;
import dev.gatecast.trainer.TrainerSettings.Weights;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ticks at any times, without a cadence: the time between them is an input, and the state may fade with it. */
class IrregularTest {
    private static final long MINUTE = 60_000;

    /** After a pause the next value is high: only the time since the last tick tells it. */
    private static List<Tick> pausing(String entity, long seed, int rows) {
        var random = new Random(seed);
        var ticks = new ArrayList<Tick>();
        long time = Histories.START;
        boolean paused = false;
        for (int row = 0; row < rows; row++) {
            double value = (paused ? 5 : 0) + 0.3 * random.nextGaussian();
            paused = random.nextInt(3) == 0;
            time += paused ? 60 * MINUTE : MINUTE;
            ticks.add(new Tick(entity, time, new double[] {value}));
        }
        return ticks;
    }

    private static Histories histories() {
        var histories = new Histories();
        pausing("a", 1, 700).forEach(histories::tick);
        pausing("b", 2, 700).forEach(histories::tick);
        return histories;
    }

    private static TrainerSettings settings(boolean decay, long cadence) {
        var small = Small.SETTINGS;
        var usual = small.descent();
        return new TrainerSettings(
                new Target(4, small.target().levels(), Seasons.NONE, cadence, true, Optional.empty()),
                small.sizes(),
                small.batches(),
                new Descent(
                        150,
                        usual.rate(),
                        usual.linearRate(),
                        usual.course(),
                        usual.dropout(),
                        new Weights(Weights.DEFAULT.initialiser(), Weights.DEFAULT.penalty(), true, decay)),
                small.holdOut(),
                small.run());
    }

    private static Model trained(boolean decay) throws UndecodableException {
        var challenge = new Trainer(settings(decay, 0), InstantSource.system(), Progress.Listener.SILENT)
                .challenge(histories().history(), Optional.empty(), Map.of());
        var codec = new ModelCodec();
        var bytes = codec.encode(challenge.challenger());
        var model = codec.decode(bytes);
        assertArrayEquals(bytes, codec.encode(model));
        return model;
    }

    private static void walk(Forecaster forecaster, EntityState state, Model model, List<Tick> ticks) {
        for (var tick : ticks) {
            var outcome = forecaster.advance(state, tick, new Governing(model, 1));
            assertEquals(null, outcome.rejection(), outcome.reason());
            assertNotNull(outcome.forecast());
        }
    }

    @Test
    void theTimeSinceTheLastTickGoesTheWholeWay() throws UndecodableException {
        for (boolean decay : new boolean[] {false, true}) {
            var model = trained(decay);
            var names = model.recipe().spec().inputNames();
            int input = names.indexOf("field " + Elapsed.NAME);
            assertTrue(input >= 0, names.toString());
            var options = model.recipe().networks().get(0).architecture().options();
            assertEquals(decay ? input : -1, options.elapsed());
            stateIsReadBack(model);
            aPauseIsNoticed(model);
        }
    }

    private static void stateIsReadBack(Model model) throws UndecodableException {
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var codec = new StateCodec();
        var stayed = forecaster.newState();
        var ticks = pausing("a", 3, 300);
        walk(forecaster, stayed, model, ticks.subList(0, 200));
        var returned = codec.decode(codec.encode(stayed));
        walk(forecaster, stayed, model, ticks.subList(200, 300));
        walk(forecaster, returned, model, ticks.subList(200, 300));
        assertArrayEquals(codec.encode(stayed), codec.encode(returned));
    }

    private static void aPauseIsNoticed(Model model) throws UndecodableException {
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var state = forecaster.newState();
        walk(forecaster, state, model, pausing("a", 3, 200));
        var codec = new StateCodec();
        var other = codec.decode(codec.encode(state));
        long soon = state.lastTime() + MINUTE;
        var governing = new Governing(model, 1);
        var afterAMinute = forecaster.advance(state, new Tick("a", soon, new double[] {0}), governing);
        var near = assertForecast(afterAMinute.forecast());
        var afterAnHour = forecaster.advance(other, new Tick("a", soon + 59 * MINUTE, new double[] {0}), governing);
        assertTrue(assertForecast(afterAnHour.forecast()) > near + 1, "a pause raises what comes next from " + near);
    }

    private static float assertForecast(@Nullable Forecast forecast) {
        assertNotNull(forecast);
        return forecast == null ? Float.NaN : forecast.quantile(1, 2);
    }

    /** The network's own decay is trained: its weights leave the place where they began. */
    @Test
    void decayIsLearnt() throws UndecodableException {
        var tensors = trained(true).recipe().networks().get(0).tensors();
        var bias = tensors.get("decay.bias_l0");
        assertNotNull(bias);
        boolean moved = false;
        for (int i = 0; bias != null && i < bias.getNumElements(); i++) {
            moved |= bias.data[i] != 0;
        }
        assertTrue(moved);
    }

    @Test
    void withACadenceThereIsNothingToDecayWith() {
        var trainer = new Trainer(settings(true, MINUTE), InstantSource.system(), Progress.Listener.SILENT);
        var history = histories().history();
        var thrown = assertThrows(UnusableHistory.class, () -> trainer.challenge(history, Optional.empty(), Map.of()));
        assertTrue(String.valueOf(thrown.getMessage()).contains("cadence=none"), thrown.getMessage());
    }

    /** Where ticks come evenly the time between them says nothing, and is no input. */
    @Test
    void evenTicksHaveNoSuchInput() {
        var history =
                new Histories().with("a", 700, Histories.logistic(10, 2, 0.3)).history();
        var trainer = new Trainer(settings(false, 0), InstantSource.system(), Progress.Listener.SILENT);
        var names = trainer.challenge(history, Optional.empty(), Map.of())
                .challenger()
                .recipe()
                .spec()
                .inputNames();
        assertEquals(-1, names.indexOf("field " + Elapsed.NAME));
    }
}
