package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.DirectedOutput;
import dev.gatecast.model.DirectionOutput;
import dev.gatecast.model.Parameters;
import dev.gatecast.source.History;
import dev.gatecast.trainer.TrainerSettings.Core;
import dev.gatecast.trainer.TrainerSettings.HoldOut;
import dev.gatecast.trainer.TrainerSettings.Sizes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model that tells directions is judged by them. */
class GateDirectionsTest {
    private static final int LEVELS = Small.LEVELS.length;
    private static final int WIDTH = LEVELS + 3;

    @SuppressWarnings("NullAway.Init")
    private static Challenge trained;

    @SuppressWarnings("NullAway.Init")
    private static TrainingData data;

    @BeforeAll
    static void train() {
        var sizes = new Sizes(new Core(CellKind.GRU, 1, 12), 24, 24, 1, 48, Optional.of(output(0.5f)));
        var small = Small.iterations(300);
        var settings = new TrainerSettings(
                small.target(), sizes, small.batches(), small.descent(), small.holdOut(), small.run());
        trained = new Trainer(settings, InstantSource.system(), Progress.Listener.SILENT)
                .challenge(history(), Optional.empty(), Map.of());
        data = TrainingData.of(history(), settings.target(), settings.holdOut());
    }

    private static DirectedOutput output(float threshold) {
        return new DirectedOutput(LEVELS, new DirectionOutput(-threshold, threshold));
    }

    private static History history() {
        return new Histories()
                .with("a", 900, Histories.logistic(10, 2, 0.3))
                .with("b", 900, Histories.logistic(50, 7, 0.4))
                .history();
    }

    /** The trained model with the numbers of its classes times a factor, and its quantiles moved by a part of the deviation. */
    private static Model changed(float classes, float moved) {
        var like = trained.challenger().recipe();
        var weights = Parameters.of(like.networks().get(0));
        var matrix = weights.values("head.out.weight");
        var bias = weights.values("head.out.bias");
        int units = matrix.length / bias.length;
        for (int i = 0; i < bias.length; i++) {
            boolean ofClass = i % WIDTH >= LEVELS;
            bias[i] = ofClass ? bias[i] * classes : bias[i] + moved;
            for (int k = i * units; ofClass && k < (i + 1) * units; k++) {
                matrix[k] *= classes;
            }
        }
        var recipe = new Recipe(like.spec(), List.of(weights.freeze()), like.levels(), 48).with(like.correction());
        return new ModelCodec().name(recipe, new Lineage(new TreeMap<>()));
    }

    private static GateResult judged(Model challenger, Model champion) {
        return new Gate(challenger, champion, HoldOut.DEFAULT).judge(data);
    }

    @Test
    void directionsThatFollowARuleAreLearnedAndReported() {
        var gate = trained.gate();
        assertTrue(gate.passed(), gate.reason());
        var moves = gate.contender("challenger").moves();
        assertTrue(moves.accuracy() > 0.6, "guessing the commonest gives less than a half: " + moves);
        assertTrue(moves.entropy() < 0.9, "guessing gives ln 3: " + moves);
        assertTrue(gate.lines().get(1).contains(", directions right 0."), gate.lines()::toString);
        assertTrue(gate.lines().get(1).contains(", cross-entropy 0."), gate.lines()::toString);
        double always = 0;
        for (var name : List.of("always down", "always flat", "always up")) {
            always += gate.contender(name).moves().accuracy();
            assertEquals("wrong directions", gate.comparison(name).measure());
        }
        assertEquals(1, always, 1e-9);
    }

    @Test
    void aModelWhoseDirectionsTellNothingIsRefusedHoweverGoodItsQuantiles() {
        var result = new Gate(changed(0, 0), null, HoldOut.DEFAULT).judge(data);
        assertFalse(result.passed());
        assertTrue(result.reason().contains("wrong directions"), result.reason());
        assertTrue(result.contender("challenger").relative()
                < result.contender("last value").relative());
    }

    @Test
    void theCrossEntropyDecidesAgainstAChampionOfTheSameDirections() {
        var duller = judged(changed(0.5f, 0), changed(1, -0.01f));
        assertFalse(duller.passed(), duller.reason());
        assertTrue(duller.reason().contains("loses to the champion, cross-entropy 0."), duller.reason());
        var pinball = duller.comparisons().get(1);
        assertEquals("pinball loss", pinball.measure());
        assertTrue(pinball.whole().mine() < pinball.whole().theirs(), "its quantiles were better");

        var sharper = judged(changed(1, -0.01f), changed(0.5f, 0));
        assertTrue(sharper.passed(), sharper.reason());
        assertTrue(sharper.reason().startsWith("the challenger beats the champion, cross-entropy"), sharper.reason());
    }

    @Test
    void betterDirectionsDoNotPayForMuchWorseQuantiles() {
        var result = judged(changed(1, 0.5f), changed(0.5f, 0));
        assertFalse(result.passed());
        assertTrue(
                result.reason().contains("worse than the champion by more than 0.01, pinball loss"), result.reason());
    }

    @Test
    void aChampionThatTellsOtherDirectionsIsComparedByItsMedian() {
        var like = changed(1, 0).recipe();
        var sizes = like.networks().get(0).architecture();
        var head = sizes.head();
        var other = new Parameters(new Architecture(
                sizes.cell(),
                sizes.inputs(),
                sizes.hidden(),
                sizes.layers(),
                new Architecture.Head(head.profile(), head.extras(), head.units(), head.horizons(), output(0.1f))));
        var mine = Parameters.of(like.networks().get(0));
        mine.forEach(
                (name, rows, columns, values) -> System.arraycopy(values, 0, other.values(name), 0, values.length));
        var recipe = new Recipe(like.spec(), List.of(other.freeze()), like.levels(), 48).with(like.correction());
        var champion = new ModelCodec().name(recipe, new Lineage(new TreeMap<>()));
        var result = judged(changed(1, 0), champion);
        assertEquals("wrong directions", result.comparison("champion").measure());
        assertTrue(Double.isNaN(result.contender("champion").moves().entropy())
                || result.contender("champion").moves().entropy() == 0);
    }
}
