package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedTestTest {
    private static double[] noise(int count, double mean, long seed) {
        var random = new Random(seed);
        return random.doubles(count).map(d -> mean + d - 0.5).toArray();
    }

    @ParameterizedTest(name = "t {0}, freedom {1}")
    @CsvSource({
        "12.706204736, 1, 0.05", "4.302652730, 2, 0.05", "3.182446305, 3, 0.05", "2.776445105, 4, 0.05",
        "3.249835544, 9, 0.01", "2.228138852, 10, 0.05", "1.983971519, 100, 0.05", "0, 7, 1"
    })
    void givesTheTabledProbabilitiesOfStudent(double t, int freedom, double p) {
        assertEquals(p, PairedTest.twoSided(t, freedom), 1e-8);
        assertEquals(p, PairedTest.twoSided(-t, freedom), 1e-8);
    }

    @Test
    void givesTheTabledProbabilityOfTheNormalDistribution() {
        assertEquals(0.05, PairedTest.twoSided(1.959964), 1e-6);
    }

    @Test
    void rejectsTooOftenNeitherOverEntitiesNorOverTimes() {
        int entities = 0;
        int times = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            entities += PairedTest.ofEntities(noise(6, 0, seed)).p() < 0.05 ? 1 : 0;
            times += PairedTest.ofTimes(noise(200, 0, seed), 1).p() < 0.05 ? 1 : 0;
        }
        assertTrue(entities > 60 && entities < 140, () -> "of 2000 tries without a difference, 100 at most or about");
        assertTrue(times > 60 && times < 170, () -> "of 2000 tries without a difference, a little over 100");
    }

    @Test
    void seesADifference() {
        assertTrue(PairedTest.ofEntities(noise(40, 0.4, 1)).p() < 1e-4);
        assertTrue(PairedTest.ofTimes(noise(400, 0.4, 1), 24).p() < 1e-4);
    }

    @Test
    void isWiderWhereNeighboursAreAlike() {
        var steps = new double[600];
        var random = new Random(5);
        double last = 0;
        for (int i = 0; i < steps.length; i++) {
            last = 0.95 * last + random.nextGaussian();
            steps[i] = 0.3 + last;
        }
        assertTrue(
                PairedTest.ofTimes(steps, 24).p() > PairedTest.ofEntities(steps).p());
    }

    @Test
    void isUndecidedWithFewPairsOrNoDifference() {
        assertTrue(Double.isNaN(PairedTest.ofEntities(noise(4, 1, 1)).p()));
        assertTrue(Double.isNaN(PairedTest.ofEntities(new double[20]).p()));
        assertTrue(Double.isNaN(PairedTest.ofTimes(noise(9, 1, 1), 1).p()));
        assertTrue(Double.isNaN(PairedTest.ofTimes(new double[0], 1).p()));
    }
}
