package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.wave;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Parameters;
import dev.gatecast.trainer.TrainerSettings.HoldOut;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GateTest {
    private final TrainingData data = TrainingData.of(
            new Histories()
                    .with("a", 600, wave(10, 2, 1))
                    .with("b", 600, wave(50, 7, 2))
                    .history(),
            Small.SETTINGS.target(),
            Small.SETTINGS.holdOut());
    private final Start start = Start.of(data, Small.SETTINGS, Transform.IDENTITY);

    private Model model(Parameters weights) {
        var recipe = new Recipe(start.data().spec(), List.of(weights.freeze()), Small.LEVELS, 48);
        return new ModelCodec().name(recipe, new Lineage(new TreeMap<>()));
    }

    private Model linear() {
        return model(start.weights(0, 1));
    }

    /** The linear model with its forecasts shifted by a share of the deviation. */
    private Model shifted(float by) {
        var weights = start.weights(0, 1);
        var bias = weights.values("head.out.bias");
        for (int i = 0; i < bias.length; i++) {
            bias[i] += by;
        }
        return model(weights);
    }

    @Test
    void letsAChallengerPassThatBeatsTheNaiveForecasts() {
        var result = new Gate(linear(), null, HoldOut.DEFAULT).judge(data);
        assertTrue(result.passed(), result.lines().toString());
        assertEquals(
                List.of("challenger", "last value", "value 24 steps before"),
                result.contenders().stream().map(GateResult.Contender::name).toList());
    }

    /** Steps of seven minutes on ticks of an hour: what it says of the next step nobody ever sees. */
    @Test
    void refusesAChallengerOfWhoseStepsNoneComes() {
        var settings = Small.SETTINGS;
        var target = settings.target();
        var sevenMinutes = new TrainerSettings(
                new TrainerSettings.Target(
                        target.horizons(), Small.LEVELS, target.seasons(), 420_000, true, Optional.empty()),
                settings.sizes(),
                settings.batches(),
                settings.descent(),
                settings.holdOut(),
                settings.run());
        var begun = Start.of(data, sevenMinutes, Transform.IDENTITY);
        var recipe = new Recipe(begun.data().spec(), List.of(begun.weights(0, 1).freeze()), Small.LEVELS, 48);
        var challenger = new ModelCodec().name(recipe, new Lineage(new TreeMap<>()));
        var result = new Gate(challenger, null, HoldOut.DEFAULT).judge(data);
        assertFalse(result.passed());
        assertEquals(
                "the challenger's steps are PT7M apart, and no tick of those held out comes a step after another, for it to"
                        + " be judged by: it is not used",
                result.reason());
    }

    @Test
    void refusesAChallengerThatLosesToANaiveForecast() {
        var result = new Gate(shifted(3), null, HoldOut.DEFAULT).judge(data);
        assertFalse(result.passed());
        assertTrue(result.reason().startsWith("the challenger loses to the "), result.reason());
    }

    @Test
    void keepsAChampionAgainstAWorseChallengerAndSaysSo() {
        var result = new Gate(shifted(0.3f), linear(), HoldOut.DEFAULT).judge(data);
        assertFalse(result.passed());
        assertTrue(result.reason().contains("the champion is kept"), result.reason());
        assertTrue(result.contender("champion").pinball()
                < result.contender("challenger").pinball());
    }

    @Test
    void letsABetterChallengerPass() {
        var result = new Gate(linear(), shifted(0.3f), HoldOut.DEFAULT).judge(data);
        assertTrue(result.passed(), result.lines().toString());
        assertTrue(result.reason().startsWith("the challenger beats the champion"), result.reason());
    }

    @Test
    void asksForTheMargin() {
        var result = new Gate(linear(), shifted(0.3f), new HoldOut(0.15, 0.9, 1)).judge(data);
        assertFalse(result.passed());
    }

    @Test
    void asksForTheMarginAgainstTheNaiveForecastsToo() {
        var result = new Gate(linear(), null, new HoldOut(0.15, 0.95, 1)).judge(data);
        assertFalse(result.passed());
        assertTrue(result.reason().contains("by the margin of 0.95, error "), result.reason());
        assertTrue(result.reason().endsWith(": it is not used"), result.reason());
    }

    @Test
    void asksForThePValueWhereItIsSet() {
        var near = new Gate(linear(), shifted(0.001f), new HoldOut(0.15, 0, 1)).judge(data);
        var p = near.comparison("champion").whole().test().p();
        assertTrue(p > 1e-6, () -> "p " + p);
        var worse = new Gate(linear(), shifted(0.3f), new HoldOut(0.15, 0, 0.05)).judge(data);
        assertTrue(worse.passed(), worse.reason());
        var better = near.passed() ? linear() : shifted(0.001f);
        var other = near.passed() ? shifted(0.001f) : linear();
        var asked = new Gate(better, other, new HoldOut(0.15, 0, 1e-6)).judge(data);
        assertFalse(asked.passed());
        assertTrue(asked.reason().contains("by chance"), asked.reason());
    }

    @Test
    void testsOverTimesWhereThereAreFewEntitiesAndOverEntitiesWhereThereAreMany() {
        var few = new Gate(linear(), shifted(0.3f), HoldOut.DEFAULT).judge(data).comparison("champion");
        assertEquals("times", few.over());
        assertTrue(few.whole().test().pairs() > 10 && few.whole().test().p() < 0.01, few::text);

        var histories = new Histories();
        for (int i = 0; i < 12; i++) {
            histories.with("e" + i, 600, wave(10 + i, 2 + i, i));
        }
        var settings = Small.SETTINGS;
        var wide = TrainingData.of(histories.history(), settings.target(), settings.holdOut());
        var many =
                new Gate(linear(), shifted(0.3f), HoldOut.DEFAULT).judge(wide).comparison("champion");
        assertEquals("entities", many.over());
        assertEquals(12, many.whole().test().pairs());
        assertTrue(many.whole().test().p() < 0.01, many::text);
    }

    @Test
    void comparesHorizonByHorizonWithEveryRival() {
        var result = new Gate(linear(), shifted(0.3f), HoldOut.DEFAULT).judge(data);
        assertEquals(
                List.of("champion", "last value", "value 24 steps before"),
                result.comparisons().stream().map(Comparison::rival).toList());
        for (var comparison : result.comparisons()) {
            assertEquals(4, comparison.horizons().size());
            double mean = comparison.horizons().stream()
                    .mapToDouble(Comparison.Pair::mine)
                    .average()
                    .orElseThrow();
            assertEquals(comparison.whole().mine(), mean, 1e-12);
        }
        assertEquals(4, result.horizonLines().size());
        assertTrue(
                result.horizonLines().get(0).startsWith("champion 0."),
                result.horizonLines().get(0));
    }

    @Test
    void measuresTheNaiveForecastsOnTheUnseenRowsAlone() {
        var result = new Gate(linear(), null, HoldOut.DEFAULT).judge(data);
        double sum = 0;
        int count = 0;
        for (var past : data.pasts()) {
            for (int t = past.selectEnd(); t < past.rows(); t++) {
                sum += Math.abs(past.values()[t] - past.values()[t - 24]);
                count++;
            }
        }
        assertEquals(
                sum / count, result.contender("value 24 steps before").mae().get(0), 1e-9);
    }

    @Test
    void judgesModelsAsTheyAreServed() {
        var usual = ForecasterSettings.DEFAULT;
        var limited = new ForecasterSettings(
                usual.ring(),
                usual.forecastEvery(),
                usual.valueLimit(),
                usual.violationLimit(),
                new ForecasterSettings.Output(0, Double.NEGATIVE_INFINITY, 1, false, 0, false),
                usual.detector());
        assertTrue(new Gate(linear(), null, HoldOut.DEFAULT).judge(data).passed());
        var result = new Gate(linear(), null, new HoldOut(0.15, 0, 1, limited)).judge(data);
        assertFalse(result.passed(), "no forecast above 1 is served, the values are about 10 and 50");
    }

    @Test
    void refusesWhereThereIsNothingToJudgeBy() {
        var flat = new Histories().with("flat", 600, row -> row == 0 ? 1 : 2).history();
        var nothing = TrainingData.of(flat, Small.SETTINGS.target(), Small.SETTINGS.holdOut());
        var result = new Gate(linear(), null, HoldOut.DEFAULT).judge(nothing);
        assertFalse(result.passed());
    }
}
