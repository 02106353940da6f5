package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.Ring;
import dev.gatecast.support.Models;
import java.util.Random;
import org.junit.jupiter.api.Test;

class YoungForecastTest {
    private final Recipe recipe = Models.random(1).recipe(); // of a fleet with a deviation of 1 under the root

    private float[] after(int ticks, double noise) {
        var ring = new Ring(96);
        ring.fit(recipe.spec().transform(), 96);
        var random = new Random(1);
        for (int t = 0; t < ticks; t++) {
            ring.push(100 + noise * random.nextGaussian());
        }
        var out = new float[recipe.horizons() * recipe.levels().length];
        YoungForecast.of(recipe).write(ring, 0, out);
        return out;
    }

    private float width(float[] quantiles, int horizon) {
        int from = (horizon - 1) * recipe.levels().length;
        return quantiles[from + recipe.levels().length - 1] - quantiles[from];
    }

    @Test
    void aTickOrTwoSayNothingOfTheSpreadSoTheFleetDoes() {
        for (int ticks = 1; ticks <= 2; ticks++) {
            var quantiles = after(ticks, 0);
            assertEquals(100, quantiles[recipe.level(0.5)], 1e-3);
            assertTrue(width(quantiles, 1) > 30, "width " + width(quantiles, 1)); // 2 roots of 100 are 40 apart
            assertTrue(width(quantiles, 6) > width(quantiles, 1));
        }
    }

    @Test
    void theEntitysOwnMissesTakeOver() {
        assertTrue(width(after(24, 0), 1) < 0.3 * width(after(2, 0), 1));
        assertTrue(width(after(24, 40), 1) > 2 * width(after(24, 0), 1));
    }
}
