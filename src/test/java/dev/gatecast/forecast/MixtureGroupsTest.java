package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.Encoder;
import dev.gatecast.feature.Ring;
import dev.gatecast.support.Models;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group of horizons mixed at once comes out as its horizons one by one. */
class MixtureGroupsTest {
    private final Recipe recipe = Models.random(1).recipe();
    private final int horizons = recipe.horizons();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void groupsMixedAtOnceHaveTheBitsOfTheirHorizons(boolean linear) {
        var random = new Random(7);
        var mixture = new Mixture(recipe, new Encoder(recipe.spec()), linear);
        int moved = 0;
        for (int round = 0; round < 500; round++) {
            var state = state(mixture, random);
            var ring = ring(random, round % 3 == 0);
            var own = numbers(random, round % 7 == 0 ? 300 : 5);
            var linearPoints = numbers(random, 5);
            if (round % 11 == 0) {
                linearPoints[random.nextInt(horizons)] = Float.NaN;
            }
            var atOnce = own.clone();
            mixture.apply(state, ring, 1_000 * Models.HOUR, linearPoints, atOnce);
            var each = own.clone();
            for (int g = 0; g < state.reaches.length; g++) {
                mixture.mixEach(state, g, ring, linearPoints, each);
            }
            assertArrayEquals(each, atOnce, "round " + round);
            moved += Arrays.equals(own, atOnce) ? 0 : 1;
        }
        assertTrue(moved > 450, moved + " were moved");
    }

    private static MixtureState state(Mixture mixture, Random random) {
        var state = new MixtureState();
        mixture.adopt(state);
        Arrays.fill(state.judged, 100);
        for (int i = 0; i < state.losses.length; i++) {
            state.losses[i] = random.nextInt(20) == 0 ? 0 : 1 + 3 * random.nextFloat();
        }
        return state;
    }

    /** A day and noise, with a stray now and then. */
    private Ring ring(Random random, boolean strays) {
        var ring = new Ring(recipe.spec().windows().ring());
        for (int i = 0; i < ring.capacity(); i++) {
            double value = 50 + 20 * StrictMath.sin(i * Math.PI / 12) + random.nextGaussian();
            ring.push(strays && random.nextInt(20) == 0 ? 9_999 : value);
        }
        return ring;
    }

    private float[] numbers(Random random, double deviation) {
        var numbers = new float[horizons];
        for (int h = 0; h < horizons; h++) {
            numbers[h] = (float) (50 + deviation * random.nextGaussian());
        }
        return numbers;
    }
}
