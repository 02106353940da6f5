package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.wave;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Encoder;
import dev.gatecast.feature.Ring;
import dev.gatecast.feature.Transform;
import dev.gatecast.model.Batch;
import dev.gatecast.trainer.TrainerSettings.Batches;
import dev.gatecast.trainer.WindowSampler.Draw;
import dev.gatecast.trainer.WindowSampler.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BatchFillerTest {
    private static final Batches BATCHES = new Batches(16, 60, 20, 3);

    private static Prepared prepared() {
        var history = new Histories()
                .with("a", 900, wave(10, 2, 1))
                .with("b", 700, wave(50, 7, 2))
                .history();
        var settings = Small.SETTINGS;
        return Prepared.of(
                TrainingData.of(history, settings.target(), settings.holdOut()), settings, Transform.IDENTITY);
    }

    private static Batch filled(Prepared prepared, Draw draw) {
        try (var workers = new Workers(2)) {
            return new BatchFiller(prepared, BATCHES, 1).fill(draw, workers);
        }
    }

    @Test
    void readsNoRowThatIsHeldOut() {
        var prepared = prepared();
        for (var entity : prepared.entities()) {
            Arrays.fill(entity.u(), entity.past().fitEnd(), entity.u().length, Float.NaN);
        }
        var random = new Random(1);
        var sampler = new WindowSampler(prepared, BATCHES, Long.MIN_VALUE);
        for (int i = 0; i < 100; i++) {
            var batch = filled(prepared, sampler.draw(random));
            for (var numbers : List.of(
                    batch.x(),
                    batch.scored().profile(),
                    batch.scored().extras(),
                    batch.scored().target())) {
                for (float number : numbers) {
                    assertTrue(Float.isFinite(number));
                }
            }
        }
    }

    @Test
    void givesTheInputsThatTheLivePathGives() {
        var prepared = prepared();
        var entity = prepared.entities().get(0);
        int birth = 100;
        int start = 150;
        var windows = new Window[BATCHES.windows()];
        Arrays.fill(windows, new Window(entity, birth, start, false));
        var batch = filled(prepared, new Draw(List.of(windows), 2));
        var ring = new Ring(prepared.spec().windows().ring());
        ring.fit(prepared.spec().transform(), prepared.spec().windows().ring());
        var encoder = new Encoder(prepared.spec());
        var encoded = new Encoded(prepared.spec());
        int inputs = prepared.spec().inputs();
        int lane = 3;
        int next = 0;
        for (int row = birth; row < start + BATCHES.length(); row++) {
            ring.push(entity.past().values()[row]);
            int step = row - start;
            if (step >= 0) {
                encoder.encode(ring, entity.past().times()[row], encoded);
                int at = (step * BATCHES.windows() + lane) * inputs;
                assertArrayEquals(encoded.inputs(), Arrays.copyOfRange(batch.x(), at, at + inputs));
            }
            if (next < batch.scored().origins().length && batch.scored().origins()[next] == step) {
                encoder.profile(ring, encoded);
                int at = next * BATCHES.windows() + lane;
                int profile = prepared.profile();
                assertArrayEquals(
                        encoded.profile(),
                        Arrays.copyOfRange(batch.scored().profile(), at * profile, (at + 1) * profile));
                float first = (float) entity.past().values()[row + 1];
                assertEquals(Encoder.scaled(first, encoded), batch.scored().target()[at * prepared.horizons()]);
                next++;
            }
        }
        assertEquals(batch.scored().origins().length, next);
    }

    /** A burn-in as long as the history would leave its last forecast alone to learn from. */
    @Test
    void nearlyAllForecastsOfAShortHistoryAreFittedTo() {
        var history = new Histories()
                .with("a", 90, wave(10, 2, 1))
                .with("b", 90, wave(20, 2, 2))
                .with("c", 60, wave(30, 2, 3))
                .history();
        var settings = Small.SETTINGS;
        var prepared = Prepared.of(
                TrainingData.of(history, settings.target(), settings.holdOut()), settings, Transform.IDENTITY);
        var batches = new Batches(16, 144, 48, 3).burningIn(prepared.mostBurnIn());
        var sampler = new WindowSampler(prepared, batches, Long.MIN_VALUE);
        var random = new Random(1);
        var fittedTo = new TreeSet<Integer>();
        for (int i = 0; i < 100; i++) {
            var draw = sampler.draw(random);
            try (var workers = new Workers(1)) {
                var scored = new BatchFiller(prepared, batches, 1)
                        .fill(draw, workers)
                        .scored();
                for (int at = 0; at < scored.weight().length; at++) {
                    if (scored.weight()[at] > 0) {
                        fittedTo.add(scored.origins()[at / batches.windows()]);
                    }
                }
            }
        }
        int origins = prepared.fitOrigins(prepared.entities().get(0));
        assertTrue(origins >= 40, () -> "too few to tell: " + origins);
        assertTrue(fittedTo.size() >= origins * 7 / 8, () -> fittedTo + " of " + origins);
    }

    @Test
    void drawsWindowsFromTheFirstHoursToTheLastThatCanBeFittedTo() {
        var prepared = prepared();
        var sampler = new WindowSampler(prepared, BATCHES, Long.MIN_VALUE);
        var random = new Random(5);
        int first = Integer.MAX_VALUE;
        int last = 0;
        boolean young = false;
        for (int i = 0; i < 2000; i++) {
            for (var window : sampler.draw(random).windows()) {
                first = Math.min(first, window.start());
                if (window.entity().past().entity().equals("a")) {
                    last = Math.max(last, window.start());
                }
                young |= window.birth() > 0;
                assertTrue(window.birth() <= window.start());
            }
        }
        int fitEnd = prepared.entities().get(0).past().fitEnd();
        assertEquals(prepared.profile() - 1 - BATCHES.burnIn(), first);
        assertEquals(fitEnd - prepared.horizons() - BATCHES.length(), last);
        assertTrue(young);
    }

    @Test
    void leavesOutForecastsOfASeriesThatEndsWithinTheWindow() {
        var settings = Small.SETTINGS;
        var history = new Histories().with("short", 100, wave(10, 2, 1)).history();
        var data = TrainingData.of(history, settings.target(), settings.holdOut());
        var prepared = Prepared.of(data, settings, Transform.IDENTITY);
        var batches = new Batches(16, 200, 20, 3);
        try (var workers = new Workers(1)) {
            var draw = new WindowSampler(prepared, batches, Long.MIN_VALUE).draw(new Random(1));
            var batch = new BatchFiller(prepared, batches, 1).fill(draw, workers);
            float sum = 0;
            for (float weight : batch.scored().weight()) {
                sum += weight;
            }
            assertTrue(sum > 0);
            float ofLast = batch.scored().weight()[batch.scored().weight().length - 1];
            assertFalse(ofLast > 0);
        }
    }
}
