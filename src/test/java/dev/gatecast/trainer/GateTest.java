package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.wave;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Parameters;
import java.util.List;
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
        var result = new Gate(linear(), null, 0).judge(data);
        assertTrue(result.passed(), result.lines().toString());
        assertEquals(
                List.of("challenger", "last value", "value 24 steps before"),
                result.contenders().stream().map(GateResult.Contender::name).toList());
    }

    @Test
    void refusesAChallengerThatLosesToANaiveForecast() {
        var result = new Gate(shifted(3), null, 0).judge(data);
        assertFalse(result.passed());
        assertTrue(result.reason().startsWith("the challenger loses to the "), result.reason());
    }

    @Test
    void keepsAChampionAgainstAWorseChallengerAndSaysSo() {
        var result = new Gate(shifted(0.3f), linear(), 0).judge(data);
        assertFalse(result.passed());
        assertTrue(result.reason().contains("the champion is kept"), result.reason());
        assertTrue(result.contender("champion").pinball()
                < result.contender("challenger").pinball());
    }

    @Test
    void letsABetterChallengerPass() {
        var result = new Gate(linear(), shifted(0.3f), 0).judge(data);
        assertTrue(result.passed(), result.lines().toString());
        assertTrue(result.reason().startsWith("the challenger beats the champion"), result.reason());
    }

    @Test
    void asksForTheMargin() {
        var result = new Gate(linear(), shifted(0.3f), 0.9).judge(data);
        assertFalse(result.passed());
    }

    @Test
    void measuresTheNaiveForecastsOnTheUnseenRowsAlone() {
        var result = new Gate(linear(), null, 0).judge(data);
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
    void refusesWhereThereIsNothingToJudgeBy() {
        var flat = new Histories().with("flat", 600, row -> row == 0 ? 1 : 2).history();
        var nothing = TrainingData.of(flat, Small.SETTINGS.target(), Small.SETTINGS.holdOut());
        var result = new Gate(linear(), null, 0).judge(nothing);
        assertFalse(result.passed());
    }
}
