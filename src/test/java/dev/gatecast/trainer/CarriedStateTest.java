package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.wave;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Transform;
import dev.gatecast.model.Attention;
import dev.gatecast.model.Backprop;
import dev.gatecast.model.CellKind;
import dev.gatecast.trainer.TrainerSettings.Batches;
import dev.gatecast.trainer.TrainerSettings.Core;
import dev.gatecast.trainer.TrainerSettings.Sizes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CarriedStateTest {
    private static final Batches CARRIED = new Batches(8, 40, 10, 3, true, 1);

    private static TrainingData data() {
        var history = new Histories()
                .with("a", 900, wave(10, 2, 1))
                .with("b", 700, wave(50, 7, 2))
                .history();
        return TrainingData.of(history, Small.SETTINGS.target(), Small.SETTINGS.holdOut());
    }

    @Test
    void aWindowGoesOnWhereTheOneBeforeItEndedUntilTheEntityEnds() {
        var prepared = Prepared.of(data(), Small.SETTINGS, Transform.IDENTITY);
        var sampler = new WindowSampler(prepared, CARRIED, Long.MIN_VALUE);
        var random = new Random(3);
        var before = sampler.draw(random).windows();
        int goingOn = 0;
        for (int i = 0; i < 200; i++) {
            var windows = sampler.draw(random).windows();
            for (int place = 0; place < windows.size(); place++) {
                var last = before.get(place);
                var window = windows.get(place);
                int end = last.start() + 2 * CARRIED.length() + prepared.horizons();
                assertEquals(end <= last.entity().past().fitEnd(), window.carried());
                if (window.carried()) {
                    goingOn++;
                    assertEquals(last.entity(), window.entity());
                    assertEquals(last.birth(), window.birth());
                    assertEquals(last.start() + CARRIED.length(), window.start());
                }
            }
            before = windows;
        }
        assertTrue(goingOn > 800, goingOn + " of 1600 windows went on");
    }

    @ParameterizedTest
    @EnumSource(CellKind.class)
    void aWindowBeginsWithTheStateThatTheOneBeforeItEndedWith(CellKind cell) {
        var settings = Small.with(new Sizes(new Core(cell, 2, 6, false, Attention.DOT, 3), 8, 24, 1, 48));
        var start = Start.of(data(), settings, Transform.IDENTITY);
        var weights = start.weights(0, 1);
        var network = weights.freeze();
        var prepared = start.data();
        var sampler = new WindowSampler(prepared, CARRIED, Long.MIN_VALUE);
        var backprop = new Backprop(weights.architecture(), settings.target().levels());
        int size = weights.architecture().stateSize();
        var random = new Random(2);
        try (var workers = new Workers(2)) {
            var filler = new BatchFiller(prepared, CARRIED, size);
            backprop.loss(weights, filler.fill(sampler.draw(random), workers));
            filler.carry(backprop);
            var draw = sampler.draw(random);
            var initial = filler.fill(draw, workers).initial();
            var encoded = new Encoded(prepared.spec());
            for (int lane = 0; lane < draw.windows().size(); lane++) {
                var window = draw.windows().get(lane);
                var state = new float[size];
                if (window.carried()) {
                    var scratch = network.newScratch();
                    for (int row = window.start() - CARRIED.length(); row < window.start(); row++) {
                        prepared.encoder()
                                .encodeAt(
                                        window.entity().columns(),
                                        row + 1,
                                        row + 1 - window.birth(),
                                        window.entity().past().times()[row],
                                        encoded);
                        network.step(encoded.inputs(), state, scratch);
                    }
                }
                assertArrayEquals(state, Arrays.copyOfRange(initial, lane * size, (lane + 1) * size), 1e-5f);
            }
        }
    }

    @Test
    void firstStepsCountOnlyInWindowsThatGoOn() {
        var prepared = Prepared.of(data(), Small.SETTINGS, Transform.IDENTITY);
        var sampler = new WindowSampler(prepared, CARRIED, Long.MIN_VALUE);
        var random = new Random(2);
        try (var workers = new Workers(2)) {
            var filler = new BatchFiller(prepared, CARRIED, 6);
            for (int i = 0; i < 20; i++) {
                var draw = sampler.draw(random);
                var scored = filler.fill(draw, workers).scored();
                for (int at = 0; at < scored.weight().length; at++) {
                    boolean early = scored.origins()[at / 8] < CARRIED.burnIn();
                    boolean carried = draw.windows().get(at % 8).carried();
                    assertTrue(!early || carried || scored.weight()[at] == 0);
                    assertTrue(!carried || draw.windows().get(at % 8).birth() > 0 || scored.weight()[at] > 0);
                }
            }
        }
    }

    @Test
    void aLearnedStartDoesNotGoWithIt() {
        var settings = Small.SETTINGS;
        var sizes = new Sizes(new Core(CellKind.GRU, 1, 6, true, Attention.NONE, 1), 8, 24, 1, 48);
        assertThrows(
                IllegalArgumentException.class,
                () -> new TrainerSettings(
                        settings.target(), sizes, CARRIED, settings.descent(), settings.holdOut(), settings.run()));
    }
}
