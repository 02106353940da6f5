package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.StateCodec;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.event.Tick;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.DirectedOutput;
import dev.gatecast.model.DirectionOutput;
import dev.gatecast.model.FreeStudentOutput;
import dev.gatecast.model.GaussianOutput;
import dev.gatecast.model.Output;
import dev.gatecast.model.StudentOutput;
import dev.gatecast.trainer.TrainerSettings.Core;
import dev.gatecast.trainer.TrainerSettings.Sizes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell goes the whole way: training, a model's bytes, forecasts tick by tick, a state's bytes. */
class CellsTest {
    private final Forecaster forecaster = new Forecaster(ForecasterSettings.DEFAULT);

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void trainsAndForecastsAndIsReadBack(CellKind cell) throws UndecodableException {
        goesTheWholeWay(new Core(cell, 2, 6));
    }

    @ParameterizedTest
    @EnumSource(
            value = Attention.class,
            names = {"ADDITIVE", "DOT"})
    void soDoesOneWithALearnedStartAndAttention(Attention attention) throws UndecodableException {
        goesTheWholeWay(new Core(CellKind.LSTM, 1, 6, true, attention, 5));
    }

    static List<Output> distributions() {
        return List.of(
                new GaussianOutput(),
                new StudentOutput(4),
                new FreeStudentOutput(),
                new DirectedOutput(Small.LEVELS.length, new DirectionOutput(-0.5f, 0.5f)));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void soDoesAHeadThatGivesADistribution(Output output) throws UndecodableException {
        goesTheWholeWay(new Sizes(new Core(CellKind.GRU, 1, 6), 8, 24, 2, 48, Optional.of(output)));
    }

    private void goesTheWholeWay(Core core) throws UndecodableException {
        goesTheWholeWay(new Sizes(core, 8, 24, 2, 48));
    }

    private void goesTheWholeWay(Sizes sizes) throws UndecodableException {
        var history = new Histories()
                .with("a", 2000, Histories.logistic(10, 2, 0.3))
                .with("b", 2000, Histories.logistic(50, 7, 0.4))
                .history();
        var challenge = new Trainer(Small.with(sizes), InstantSource.system(), Progress.Listener.SILENT)
                .challenge(history, Optional.empty(), Map.of());
        var network = challenge.challenger().lineage().entries().getOrDefault("network 1", "");
        assertFalse(network.contains("at iteration 0"), network);
        var codec = new ModelCodec();
        var model = codec.decode(codec.encode(challenge.challenger()));
        assertArrayEquals(codec.encode(challenge.challenger()), codec.encode(model));
        assertEquals(
                sizes.core().cell(),
                model.recipe().networks().get(0).architecture().cell());
        stateIsReadBack(model);
    }

    private void stateIsReadBack(Model model) throws UndecodableException {
        var codec = new StateCodec();
        var stayed = forecaster.newState();
        walk(stayed, 0, 200, model);
        var returned = codec.decode(codec.encode(stayed));
        walk(stayed, 200, 300, model);
        walk(returned, 200, 300, model);
        assertArrayEquals(codec.encode(stayed), codec.encode(returned));
    }

    private void walk(EntityState state, int from, int to, Model model) {
        var wave = Histories.wave(20, 5, 3);
        for (var row = from; row < to; row++) {
            var tick = new Tick("a", row * Histories.HOUR, new double[] {wave.applyAsDouble(row)});
            var outcome = forecaster.advance(state, tick, new Governing(model, 1));
            assertEquals(null, outcome.rejection(), outcome.reason());
            assertNotNull(outcome.forecast());
        }
    }
}
