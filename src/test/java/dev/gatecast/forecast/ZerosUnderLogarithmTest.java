package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.Ring;
import dev.gatecast.feature.Transform;
import dev.gatecast.support.Models;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An outage among positive values, under a model that was fitted to their logarithms. */
@NullUnmarked
class ZerosUnderLogarithmTest extends OneEntity {
    private final Model model = logarithmic();

    private static Model logarithmic() {
        var any = Models.random(3).recipe();
        return Models.model(Models.spec(Transform.LOG), any.networks().get(0), 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -5})
    void forecastsStayOfTheSizeOfTheValues(double outage) {
        var state = forecaster.newState();
        var random = new Random(1);
        for (int t = 0; t < 700; t++) {
            var tick = t >= 400 && t < 406 ? tick(t, outage) : daily(t, random);
            var forecast =
                    forecaster.advance(state, tick, new Governing(model, 1)).forecast();
            if (t > 200) {
                assertSound(forecast);
                for (float value : forecast.values()) {
                    assertTrue(value > -1_000 && value < 1_000, "row " + t + ": " + value);
                }
            }
        }
    }

    @Test
    void aNewEntitysToo() {
        var recipe = model.recipe();
        var ring = new Ring(96);
        ring.fit(Transform.LOG, 96);
        for (double value : new double[] {50, 52, 0, 0, 51, 49}) {
            ring.push(value);
        }
        var out = new float[recipe.horizons() * recipe.levels().length];
        YoungForecast.of(recipe).write(ring, 0, out);
        assertEquals(49, out[recipe.level(0.5)], 0.01);
        for (float value : out) {
            assertTrue(value > -1_000 && value < 1_000, "got " + value);
        }
    }
}
