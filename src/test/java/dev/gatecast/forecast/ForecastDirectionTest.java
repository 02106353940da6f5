package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.support.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ForecastDirectionTest extends OneEntity {
    @Test
    void aDirectedModelSaysHowLikelyTheValueMoves() {
        var governing = new Governing(Models.directed(3), 1);
        var state = runTo(60, governing);
        var forecast = forecaster.advance(state, tick(60, 31), governing).forecast();
        assertSound(forecast);
        var directions = forecast.directions();
        assertEquals(18, directions.probabilities().length);
        for (int h = 0; h < 6; h++) {
            float sum = 0;
            for (int i = 3 * h; i < 3 * h + 3; i++) {
                assertTrue(directions.probabilities()[i] > 0);
                sum += directions.probabilities()[i];
            }
            assertEquals(1, sum, 1e-6f);
        }
        float unit = (directions.above() - directions.below()) / 0.75f;
        assertEquals(31 - 0.5f * unit, directions.below(), 1e-3f);
        assertEquals(31 + 0.25f * unit, directions.above(), 1e-3f);
        assertEquals(0, directions.classOf(31 - unit));
        assertEquals(1, directions.classOf(31));
        assertEquals(2, directions.classOf(31 + unit));
        assertNull(
                forecaster
                        .advance(forecaster.newState(), tick(0, 31), governing)
                        .forecast()
                        .directions(),
                "young");
        var onDemand = forecaster.forecast("JFK", state, governing).directions();
        assertArrayEquals(directions.probabilities(), onDemand.probabilities());
    }

    @Test
    void theProbabilitiesOfSeveralNetworksAreTheirMean() {
        var one = Models.directed(3).recipe();
        var two = Models.directed(4).recipe();
        var both = new Recipe(
                one.spec(), List.of(one.networks().get(0), two.networks().get(0)), Models.LEVELS, one.warmUp());
        var all = new ArrayList<float[]>();
        for (var recipe : List.of(one, two, both)) {
            var governing =
                    new Governing(new Model("m" + all.size(), all.size() + 1, recipe, new Lineage(new TreeMap<>())), 1);
            var state = runTo(60, governing);
            all.add(forecaster
                    .advance(state, tick(60, 31), governing)
                    .forecast()
                    .directions()
                    .probabilities());
        }
        for (int i = 0; i < 18; i++) {
            assertEquals((all.get(0)[i] + all.get(1)[i]) / 2, all.get(2)[i], 1e-7f);
        }
    }
}
