package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.logistic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Model;
import dev.gatecast.source.History;
import dev.gatecast.trainer.TrainerSettings.Batches;
import dev.gatecast.trainer.TrainerSettings.Course;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Training that goes on from a champion. */
class RenewalTest {
    private static final int OLD = 600;
    private static final int ALL = 900;

    private static History history(int rows) {
        return new Histories()
                .with("a", rows, logistic(10, 2, 0.3))
                .with("b", rows, logistic(50, 7, 0.4))
                .history();
    }

    private static TrainerSettings settings(int renewal, double old) {
        var small = Small.SETTINGS;
        var batches = small.batches();
        return small.with(
                new Batches(batches.windows(), batches.length(), batches.burnIn(), batches.stride(), false, old),
                small.descent().with(new Course(0.01, 20, 1, 0.9, 0, renewal)));
    }

    private static Model train(TrainerSettings settings, int rows, Optional<Model> champion) {
        return new Trainer(settings, InstantSource.system(), Progress.Listener.SILENT)
                .challenge(history(rows), champion, Map.of())
                .challenger();
    }

    private static String figure(Model model, String name) {
        return model.lineage().entries().getOrDefault(name, "");
    }

    @Test
    void takesAsManyStepsAsAreSetForIt() {
        var champion = train(settings(7, 0.3), OLD, Optional.empty());
        assertTrue(figure(champion, "network 1").contains("of 60;"), figure(champion, "network 1"));
        var next = train(settings(7, 0.3), ALL, Optional.of(champion));
        assertEquals("champion", figure(next, "start"));
        assertTrue(figure(next, "network 1").contains("of 7;"), figure(next, "network 1"));
    }

    @Test
    void startsFromNothingWhereItIsToldTo() {
        var champion = train(settings(0, 1), OLD, Optional.empty());
        var next = train(settings(0, 1), ALL, Optional.of(champion));
        assertEquals("linear", figure(next, "start"));
        assertEquals(champion.id(), figure(next, "champion"));
    }

    @Test
    void drawsTheSetShareOfItsWindowsFromOldRows() {
        var settings = settings(7, 0.3);
        var data = TrainingData.of(history(ALL), settings.target(), settings.holdOut());
        var prepared = Prepared.of(data, settings, Transform.IDENTITY);
        long cut = data.pasts().get(0).times()[500];
        var sampler = new WindowSampler(prepared, settings.batches(), cut);
        var random = new Random(1);
        int old = 0;
        for (int i = 0; i < 200; i++) {
            for (var window : sampler.draw(random).windows()) {
                int firstForecast = window.start() + settings.batches().burnIn();
                old += firstForecast < 500 ? 1 : 0;
            }
        }
        assertEquals(0.3, old / 4000.0, 0.03);
    }

    @Test
    void drawsFromAllRowsWhereNoneIsNew() {
        var settings = settings(7, 0.3);
        var data = TrainingData.of(history(ALL), settings.target(), settings.holdOut());
        var prepared = Prepared.of(data, settings, Transform.IDENTITY);
        var sampler = new WindowSampler(prepared, settings.batches(), Long.MAX_VALUE);
        assertEquals(20, sampler.draw(new Random(1)).windows().size());
    }

    @Test
    void learnsWhatIsNewAndPassesTheGate() {
        var old = new Histories().with("a", 700, turned(700, 600)).with("b", 700, turned(700, 600));
        var now = new Histories().with("a", 1300, turned(1300, 600)).with("b", 1300, turned(1300, 600));
        var trainer = new Trainer(settings(200, 0.25), InstantSource.system(), Progress.Listener.SILENT);
        var champion =
                trainer.challenge(old.history(), Optional.empty(), Map.of()).challenger();
        var next = trainer.challenge(now.history(), Optional.of(champion), Map.of());
        assertEquals("champion", figure(next.challenger(), "start"));
        assertTrue(next.gate().passed(), next.gate().reason());
        var loss = next.gate().comparison("champion").whole();
        assertTrue(loss.mine() < 0.9 * loss.theirs(), next.gate().reason());
    }

    /** A chaotic series whose rule changes at a row. */
    private static IntToDoubleFunction turned(int rows, int at) {
        var before = logistic(10, 2, 0.3);
        var after = logistic(0, 2, 0.35);
        var values = IntStream.range(0, rows)
                .mapToDouble(row -> row < at ? before.applyAsDouble(row) : 12.6 - after.applyAsDouble(row))
                .toArray();
        return row -> values[row];
    }

    @Test
    void givesTheSameBytesAgain() {
        var champion = train(settings(7, 0.3), OLD, Optional.empty());
        assertEquals(
                train(settings(7, 0.3), ALL, Optional.of(champion)).id(),
                train(settings(7, 0.3), ALL, Optional.of(champion)).id());
    }
}
