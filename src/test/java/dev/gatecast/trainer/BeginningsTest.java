package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Fleet;
import dev.gatecast.source.History;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BeginningsTest {
    private final TreeMap<String, String> figures = new TreeMap<>();

    private @Nullable Fleet fleet(History history) {
        var target = Small.SETTINGS.target();
        var data = TrainingData.of(history, target, Small.SETTINGS.holdOut());
        var spec = Prepared.of(data, Small.SETTINGS, Transform.IDENTITY).spec();
        return Beginnings.of(data, spec, target.horizons(), figures);
    }

    /** Levels and spreads differ, the shape of the day is one. */
    private static Histories alike(int entities) {
        var random = new Random(1);
        var histories = new Histories();
        for (int entity = 0; entity < entities; entity++) {
            double level = -100 + 20 * random.nextGaussian();
            double spread = 10 + 2 * random.nextGaussian();
            histories.with(
                    "e" + entity,
                    480,
                    row -> level + spread * Math.sqrt(2) * Math.cos(row * 2 * Math.PI / 24) + random.nextGaussian());
        }
        return histories;
    }

    @Test
    void whatEntitiesShareIsFound() {
        var fleet = Objects.requireNonNull(fleet(alike(40).history()));
        assertEquals(24, fleet.course().length);
        for (int hour = 0; hour < 24; hour++) {
            assertEquals(Math.sqrt(2) * Math.cos(hour * 2 * Math.PI / 24), fleet.course()[hour], 0.02, "" + hour);
        }
        assertEquals(-100, fleet.level().mean(), 10);
        assertEquals(20, Math.sqrt(fleet.level().variance()), 6);
        assertEquals(10, fleet.spread().mean(), 1);
        assertEquals(1, fleet.rest().variance(), 0.1);
        assertTrue(fleet.rest().step() < 0.1 && fleet.rest().ofSeason() < 0.1);
        assertTrue(figures.getOrDefault("new entities", "").endsWith("it is used"), figures.toString());
    }

    /** The largest alone decides then how levels and spreads go together, and what is rounded must not make that impossible. */
    @Test
    void entitiesMayBeOfAllSizes() {
        for (int seed = 0; seed < 20; seed++) {
            var histories = new Histories();
            for (double size : new double[] {1e-30, 1e-12, 1, 1e12, 1e25, 1e35}) {
                var wave = Histories.wave(3, 1, 20L * seed + Math.getExponent(size));
                histories.with("of " + size, 480, row -> size * wave.applyAsDouble(row));
            }
            assertNull(fleet(histories.history()), "nothing is shared");
        }
    }

    @Test
    void howLongTheRestStaysIsFound() {
        var random = new Random(3);
        var histories = new Histories();
        for (int entity = 0; entity < 20; entity++) {
            var rest = new double[1];
            histories.with("e" + entity, 800, row -> {
                rest[0] = 0.9 * rest[0] + random.nextGaussian();
                return 50 + 20 * Math.sin(row * 2 * Math.PI / 24) + rest[0];
            });
        }
        var fleet = Objects.requireNonNull(fleet(histories.history()));
        assertEquals(0.9, fleet.rest().step(), 0.05);
        assertEquals(1 / (1 - 0.81), fleet.rest().variance(), 1.5);
    }

    /** Each goes its own way for long, so that where the others are is no help. */
    @Test
    void whatDoesNotHelpIsNotUsed() {
        var random = new Random(5);
        var histories = new Histories();
        for (int entity = 0; entity < 4; entity++) {
            double level = 1_000 * Math.pow(-30, entity);
            int hours = 3 + 5 * entity;
            histories.with("e" + entity, 480, row -> level * (row / hours % 2 + 0.001 * random.nextGaussian()));
        }
        assertNull(fleet(histories.history()));
        assertTrue(figures.getOrDefault("new entities", "").endsWith("it is not used"), figures.toString());
    }

    @Test
    void oneEntityIsNoFleet() {
        assertNull(fleet(alike(1).history()));
        assertTrue(figures.isEmpty());
        assertNotNull(fleet(alike(2).history()));
    }
}
