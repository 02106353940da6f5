package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Ring;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Fleet.Moments;
import dev.gatecast.forecast.Fleet.Rest;
import dev.gatecast.model.StudentOutput;
import dev.gatecast.support.Models;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetForecastTest {
    private static final int HORIZONS = 6;
    private static final float[] LEVELS = {0.05f, 0.5f, 0.95f};
    private static final FeatureSpec SPEC = Models.spec(Transform.IDENTITY);
    private static final long TIME = 1_000 * Models.HOUR;
    private static final Moments LEVEL = new Moments(10, 4);
    private static final Moments SPREAD = new Moments(3, 1);
    private static final double COVARIANCE = 0.7;

    private static final float[] DAY = day();

    private static float[] day() {
        var day = new float[24];
        for (int hour = 0; hour < 24; hour++) {
            day[hour] = (float) (Math.sqrt(2) * Math.sin(2 * Math.PI * hour / 24));
        }
        return day;
    }

    private static Fleet fleet(Rest rest) {
        return new Fleet(Transform.IDENTITY, DAY, LEVEL, SPREAD, COVARIANCE, rest);
    }

    private static float[] forecast(Fleet fleet, double[] values) {
        var ring = new Ring(SPEC.windows().ring());
        for (double value : values) {
            ring.push(value);
        }
        var out = new float[HORIZONS * LEVELS.length];
        new FleetForecast(fleet, SPEC, HORIZONS, LEVELS).write(ring, TIME, out);
        return out;
    }

    private static double course(int step, int size) {
        return DAY[Math.floorMod(TIME / Models.HOUR - (size - 1) + step, 24)];
    }

    /** All values and horizons at once, as one normal distribution of which the first are known. */
    @Test
    void withoutASeasonOfTheRestItIsTheConditionalDistribution() {
        var rest = new Rest(2, 0.8, 0, 0, 2, 0);
        var random = new Random(1);
        for (int size : new int[] {1, 2, 7, 30}) {
            var values = random.doubles(size, 5, 15).toArray();
            int all = size + HORIZONS;
            var mean = new double[all];
            var covariance = new double[all][all];
            for (int i = 0; i < all; i++) {
                double c = course(i, size);
                mean[i] = LEVEL.mean() + c * SPREAD.mean();
                for (int j = 0; j < all; j++) {
                    double d = course(j, size);
                    covariance[i][j] = LEVEL.variance()
                            + (c + d) * COVARIANCE
                            + c * d * SPREAD.variance()
                            + rest.variance() * Math.pow(rest.step(), Math.abs(i - j));
                }
            }
            double surprise = 4;
            for (int i = 0; i < size; i++) {
                surprise += condition(mean, covariance, i, values[i]);
            }
            double scale = surprise / (4 + size);
            var tail = new StudentOutput(4 + size).standard(LEVELS);
            var out = forecast(fleet(rest), values);
            for (int h = 0; h < HORIZONS; h++) {
                for (int q = 0; q < LEVELS.length; q++) {
                    double deviation = Math.sqrt(scale * covariance[size + h][size + h]);
                    double expected = mean[size + h] + deviation * tail[q];
                    assertEquals(expected, out[h * LEVELS.length + q], 1e-4, "size " + size + " horizon " + (h + 1));
                }
            }
        }
    }

    /** What one known value makes of a normal distribution; returns its squared error in deviations. Both Modified. */
    private static double condition(double[] mean, double[][] covariance, int at, double value) {
        double error = value - mean[at];
        double variance = covariance[at][at];
        var row = covariance[at].clone();
        for (int i = 0; i < mean.length; i++) {
            double gain = row[i] / variance;
            mean[i] += gain * error;
            for (int j = 0; j < mean.length; j++) {
                covariance[i][j] -= gain * row[j];
            }
        }
        return error * error / variance;
    }

    @Test
    void whatCameOneSeasonBeforeComesAgainAsFarAsItStays() {
        var rest = new Rest(4, 0, 24, 0.75, 1.75, 0);
        var usual = new double[48];
        var odd = new double[48];
        for (int i = 0; i < 48; i++) {
            usual[i] = LEVEL.mean() + SPREAD.mean() * course(i, 48);
            odd[i] = usual[i];
        }
        odd[48 - 24 + 2] += 4; // what horizon 3 repeats
        var one = forecast(fleet(rest), usual);
        var two = forecast(fleet(rest), odd);
        for (int h = 0; h < HORIZONS; h++) {
            assertEquals(usual[24 + h], one[h * LEVELS.length + 1], 0.05);
            assertEquals(h == 2 ? 3 : 0, two[h * LEVELS.length + 1] - one[h * LEVELS.length + 1], 0.35, "" + h);
        }
    }

    @Test
    void aRestThatNeverFadesIsTheLastValue() {
        var rest = new Rest(100, 0.9999, 0, 0, 100, 0);
        var values = new double[] {10, 11, 12, 17};
        var flat = new Fleet(Transform.IDENTITY, new float[0], LEVEL, new Moments(0, 0), 0, rest);
        var out = forecast(flat, values);
        for (int h = 0; h < HORIZONS; h++) {
            assertEquals(17, out[h * LEVELS.length + 1], 0.01);
            assertTrue(h == 0 || width(out, h) > width(out, h - 1));
        }
    }

    /** Where the fleet's day says nothing of an entity that goes its own way in small steps, its last value does. */
    @Test
    void aWalkIsForecastByItsLastValue() {
        var random = new Random(3);
        var walk = new double[60];
        walk[0] = 40;
        for (int i = 1; i < walk.length; i++) {
            walk[i] = walk[i - 1] + 0.3 * random.nextGaussian();
        }
        var out = forecast(fleet(new Rest(4, 0.3, 24, 0.75, 1.75, 0.2)), walk);
        for (int h = 0; h < HORIZONS; h++) {
            assertEquals(walk[59], out[h * LEVELS.length + 1], 1e-4);
            double expected = 2 * 1.67 * 0.3 * Math.sqrt(h + 1); // 90 % of a walk, and somewhat for the fleet's steps
            assertTrue(width(out, h) > expected && width(out, h) < 2.5 * expected, "width " + width(out, h));
        }
    }

    @Test
    void surprisesWidenIt() {
        var rest = new Rest(2, 0, 0, 0, 2, 0);
        var calm =
                IntStream.range(0, 12).mapToDouble(i -> 10 + 3 * course(i, 12)).toArray();
        var wild = IntStream.range(0, 12)
                .mapToDouble(i -> calm[i] + (i % 2 == 0 ? 9 : -9))
                .toArray();
        assertTrue(width(forecast(fleet(rest), wild), 0) > 3 * width(forecast(fleet(rest), calm), 0));
    }

    private static float width(float[] out, int h) {
        return out[h * LEVELS.length + 2] - out[h * LEVELS.length];
    }

    /** Nothing is kept from one entity to the next. */
    @Test
    void oneForecastDoesNotChangeTheNext() {
        var fleet = fleet(new Rest(4, 0.3, 24, 0.75, 1.75, 0.2));
        var shared = new FleetForecast(fleet, SPEC, HORIZONS, LEVELS);
        var random = new Random(2);
        for (int size : new int[] {40, 3, 25, 1}) {
            var values = random.doubles(size, 5, 15).toArray();
            var ring = new Ring(SPEC.windows().ring());
            for (double value : values) {
                ring.push(value);
            }
            var out = new float[HORIZONS * LEVELS.length];
            shared.write(ring, TIME, out);
            assertArrayEquals(forecast(fleet, values), out);
        }
    }

    @Test
    void numbersThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Moments(0, -1));
        assertThrows(IllegalArgumentException.class, () -> new Rest(1, 1, 0, 0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Rest(0, 0.5, 0, 0, 1, 0));
        var rest = new Rest(1, 0.5, 0, 0, 1, 0);
        var course = new float[] {Float.NaN};
        assertThrows(
                IllegalArgumentException.class, () -> new Fleet(Transform.IDENTITY, course, LEVEL, SPREAD, 0, rest));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Fleet(Transform.IDENTITY, new float[0], LEVEL, SPREAD, 3, rest));
    }
}
