package dev.gatecast.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.StateCodec;
import dev.gatecast.codec.UndecodableException;
import dev.gatecast.event.Tick;
import dev.gatecast.feature.Encoder;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Ring;
import dev.gatecast.feature.Transform;
import dev.gatecast.model.LinearForecast;
import dev.gatecast.support.Models;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private static final Governing BAD = new Governing(Models.random(1), 1);

    private static Tick tick(int row, double value) {
        return new Tick("BOS", row * Models.HOUR, new double[] {value});
    }

    /** Mean absolute error of the medians over all horizons, of the last third of the rows. */
    private static double error(boolean mixture, IntToDoubleFunction series, int rows) {
        return error(BAD, mixture, series, rows);
    }

    private static double error(Governing governing, boolean mixture, IntToDoubleFunction series, int rows) {
        var forecaster = OneEntity.forecaster(mixture);
        var state = forecaster.newState();
        int median = governing.model().recipe().level(0.5);
        double sum = 0;
        int count = 0;
        for (int row = 0; row < rows; row++) {
            var forecast = forecaster
                    .advance(state, tick(row, series.applyAsDouble(row)), governing)
                    .forecast();
            for (int h = 1; row > 2 * rows / 3 && h <= 6; h++) {
                sum += Math.abs(series.applyAsDouble(row + h)
                        - Objects.requireNonNull(forecast).quantile(h, median));
                count++;
            }
        }
        return sum / count;
    }

    private static double wave(int row) {
        return 50 + 20 * StrictMath.sin(row * Math.PI / 12) + new Random(row).nextGaussian();
    }

    /** The largest error of a median after a row, of values that are no strays. */
    private static double largestError(IntToDoubleFunction series, IntToDoubleFunction truth, int after, int rows) {
        var forecaster = OneEntity.forecaster(true);
        var state = forecaster.newState();
        int median = BAD.model().recipe().level(0.5);
        double largest = 0;
        for (int row = 0; row < rows; row++) {
            var forecast = forecaster
                    .advance(state, tick(row, series.applyAsDouble(row)), BAD)
                    .forecast();
            for (int h = 1; row > after && h <= 6; h++) {
                float point = Objects.requireNonNull(forecast).quantile(h, median);
                largest = Math.max(largest, Math.abs(truth.applyAsDouble(row + h) - point));
            }
        }
        return largest;
    }

    /** Steps up or down by one, for ever: nothing beats the last value. */
    private static double[] walk(int rows) {
        var random = new Random(3);
        var values = new double[rows];
        values[0] = 500;
        for (int i = 1; i < rows; i++) {
            values[i] = values[i - 1] + (random.nextBoolean() ? 1 : -1);
        }
        return values;
    }

    @Test
    void anEntityThatItsModelKnowsNothingOfIsServedAboutAsTheBestExpert() {
        double seasonal = 1.13; // E|a - b| of two standard normal numbers
        assertTrue(error(false, MixtureTest::wave, 900) > 5 * seasonal);
        double mixed = error(true, MixtureTest::wave, 900);
        assertTrue(mixed < 1.3 * seasonal, () -> "error " + mixed);

        var values = walk(910);
        double last = 0;
        for (int h = 1; h <= 6; h++) {
            for (int row = 601; row < 900; row++) {
                last += Math.abs(values[row + h] - values[row]) / 6 / 299;
            }
        }
        double best = last;
        double walked = error(true, row -> values[row], 900);
        assertTrue(walked < 1.3 * best, () -> "error " + walked + ", last value " + best);
    }

    @Test
    void rowsThatTheModelWasFittedToSayWhichExpertSuitsTheEntityToo() {
        var recipe = BAD.model().recipe();
        var fitted = new Correction(900 * Models.HOUR, new float[0], Double.NEGATIVE_INFINITY);
        var model = new ModelCodec().name(recipe.with(fitted), new Lineage(new TreeMap<>()));
        assertEquals(
                error(true, MixtureTest::wave, 900),
                error(new Governing(model, 1), true, MixtureTest::wave, 900),
                "as if no row had been fitted");
    }

    @Test
    void withoutItTheModelIsAlone() {
        assertEquals(
                error(false, MixtureTest::wave, 300),
                error(false, MixtureTest::wave, 300),
                "the same twice, or nothing can be compared");
        assertTrue(error(true, MixtureTest::wave, 300) < error(false, MixtureTest::wave, 300));
    }

    @Test
    void aStateReadBackGoesOnBitForBitAndTheForecastOnDemandIsTheSame() throws UndecodableException {
        var codec = new StateCodec();
        var forecaster = OneEntity.forecaster(true);
        var stayed = forecaster.newState();
        var returned = forecaster.newState();
        for (int row = 0; row < 400; row++) {
            var governing = row < 60 ? null : BAD;
            var one =
                    forecaster.advance(stayed, tick(row, wave(row)), governing).forecast();
            var values = one == null ? new float[0] : one.values().clone();
            var two = forecaster
                    .advance(returned, tick(row, wave(row)), governing)
                    .forecast();
            assertArrayEquals(values, two == null ? new float[0] : two.values(), "row " + row);
            returned = codec.decode(codec.encode(returned));
        }
        assertArrayEquals(codec.encode(stayed), codec.encode(returned));
        var emitted = Objects.requireNonNull(
                forecaster.advance(stayed, tick(400, wave(400)), BAD).forecast());
        var before = codec.encode(stayed);
        var demanded = Objects.requireNonNull(forecaster.forecast("BOS", stayed, BAD));
        assertArrayEquals(emitted.values(), demanded.values());
        assertArrayEquals(before, codec.encode(stayed));
    }

    @Test
    void aStateWithoutOneBeginsItAndOneThatIsSwitchedOffLosesIt() throws UndecodableException {
        var codec = new StateCodec();
        var without = OneEntity.forecaster(false);
        var with = OneEntity.forecaster(true);
        var state = without.newState();
        for (int row = 0; row < 200; row++) {
            without.advance(state, tick(row, wave(row)), BAD);
        }
        assertEquals(1, state.layout());
        with.advance(state, tick(200, wave(200)), BAD);
        state = codec.decode(codec.encode(state));
        assertEquals(8, state.layout());
        without.advance(state, tick(201, wave(201)), BAD);
        assertEquals(1, state.layout());
    }

    @Test
    void absurdReadingsAreForgottenAtOnceAndNotSaidAgainASeasonLater() {
        IntToDoubleFunction waves = row -> 1000 + wave(row);
        double usual = largestError(waves, waves, 600, 900);
        assertTrue(usual < 8, () -> "usually up to " + usual);
        for (double absurd : new double[] {9999, -9999}) {
            double largest = largestError(row -> row == 600 ? absurd : waves.applyAsDouble(row), waves, 600, 900);
            assertTrue(largest < 3 * usual, () -> "up to " + largest + ", usually " + usual);
        }
        double again =
                largestError(row -> row == 600 ? 9999 : row == 624 ? 7000 : waves.applyAsDouble(row), waves, 624, 900);
        assertTrue(again < 8 * usual, () -> "up to " + again + " after two unlike ones a day apart");
        double hangs = largestError(row -> row >= 600 && row < 604 ? 9999 : waves.applyAsDouble(row), waves, 603, 900);
        assertTrue(hangs < 9999 / 40.0, () -> "up to " + hangs);
    }

    @Test
    void aChangeOfLevelIsFollowedWithinFewSteps() {
        IntToDoubleFunction rises = row -> wave(row) + (row < 600 ? 0 : 500);
        double largest = largestError(rises, rises, 612, 900);
        assertTrue(largest < 60, () -> "up to " + largest + ", of a change of 500");

        var values = walk(910);
        IntToDoubleFunction walks = row -> values[row] + (row < 600 ? 0 : 500);
        double walked = largestError(walks, walks, 608, 900);
        assertTrue(walked < 12, () -> "up to " + walked);
    }

    @Test
    void aPeakThatComesBackEverySeasonIsForeseen() {
        IntToDoubleFunction peaks = row -> wave(row) + (row % 24 == 8 ? 300 : 0);
        double largest = largestError(peaks, peaks, 300, 900);
        assertTrue(largest < 12, () -> "up to " + largest);
    }

    /** A peak of three rows every 37 rows: no season of the model's. */
    private static double peak(int row) {
        return (row % 37 < 3 ? 70 : 30) + new Random(row).nextGaussian();
    }

    @Test
    void whatTheLinearExpertForeseesIsNoStrayToTheModel() {
        var recipe = BAD.model().recipe();
        var mixture = new Mixture(recipe, new Encoder(recipe.spec()), true);
        var state = new MixtureState();
        mixture.adopt(state);
        var ring = new Ring(recipe.spec().windows().ring());
        var points = new float[recipe.horizons()];
        var linear = new float[recipe.horizons()];
        for (int row = 0; row < 900; row++) {
            ring.push(peak(row));
            mixture.settle(state, ring, row * Models.HOUR);
            for (int h = 1; h <= points.length; h++) {
                points[h - 1] = 30;
                linear[h - 1] = (row + h) % 37 < 3 ? 70 : 30;
            }
            var mixed = points.clone();
            mixture.apply(state, ring, row * Models.HOUR, linear, mixed);
            mixture.remember(state, points, linear);
            for (int h = 1; row > 600 && h <= points.length; h++) {
                assertEquals(linear[h - 1], mixed[h - 1], 2, "row " + row + ", " + h + " steps ahead");
            }
        }
    }

    /** The model knows the course, and not that its level has changed for good: it is set right before a day has passed. */
    @Test
    void aModelIsMovedByWhatItLatelyMissedTheNextValueBy() {
        var recipe = BAD.model().recipe();
        var mixture = new Mixture(recipe, new Encoder(recipe.spec()), false);
        var state = new MixtureState();
        mixture.adopt(state);
        var ring = new Ring(recipe.spec().windows().ring());
        var points = new float[recipe.horizons()];
        var random = new Random(5);
        double largest = 0;
        for (int row = 0; row < 700; row++) {
            int shift = row < 600 ? 0 : 60;
            ring.push(course(row) + shift + random.nextGaussian());
            mixture.settle(state, ring, row * Models.HOUR);
            for (int h = 1; h <= points.length; h++) {
                points[h - 1] = (float) course(row + h);
            }
            var mixed = points.clone();
            mixture.apply(state, ring, row * Models.HOUR, points, mixed);
            mixture.remember(state, points, points);
            for (int h = 1; row > 620 && h <= points.length; h++) {
                largest = Math.max(largest, Math.abs(course(row + h) + shift - mixed[h - 1]));
            }
        }
        assertTrue(largest < 6, "up to " + largest + ", of a change of 60");
    }

    private static double course(int row) {
        return 200 + 40 * StrictMath.sin(row * Math.PI / 12);
    }

    /** The bad model, values as they are, with an expert that says the value 37 rows before. */
    private static Governing withItsOwnRhythm() {
        var recipe = BAD.model().recipe();
        var spec = recipe.spec();
        var plain = new FeatureSpec(
                Transform.IDENTITY, spec.seasons(), spec.windows(), spec.cadence(), spec.choice(), spec.spread());
        var weights = new float[recipe.horizons() * 37];
        for (int h = 1; h <= recipe.horizons(); h++) {
            weights[(h - 1) * 37 + h - 1] = 1; // the oldest is 36 steps old
        }
        var linear = new LinearForecast(weights, new float[recipe.horizons()]);
        var odd = new Recipe(plain, recipe.networks(), recipe.levels(), recipe.warmUp()).with(linear);
        return new Governing(new ModelCodec().name(odd, new Lineage(new TreeMap<>())), 1);
    }

    @Test
    void theModelsLinearExpertServesAnEntityOfAnotherRhythm() {
        double without = error(true, MixtureTest::peak, 900);
        double with = error(withItsOwnRhythm(), true, MixtureTest::peak, 900);
        assertTrue(with < 1.13, () -> "error " + with);
        assertTrue(without > 3 * with, () -> "the others do not know it: " + without);
    }

    /** A job of one hour in each day, of another size each day. */
    private static double job(int row) {
        double size = 400 * StrictMath.exp(0.3 * new Random(row / 24).nextGaussian());
        return 10 + (row % 24 == 12 ? size : new Random(row).nextGaussian());
    }

    @Test
    void aJobThatNeverDoesTheSameIsNoStray() {
        double before = 0;
        for (int row = 601; row < 900; row++) {
            before += Math.abs(job(row) - job(row - 24)) / 299;
        }
        double best = before;
        double mixed = error(true, MixtureTest::job, 900);
        assertTrue(mixed < 1.3 * best, () -> "error " + mixed + ", the day before " + best);
    }

    @Test
    void anEntityThatStoodStillIsFollowedWhenItMoves() {
        IntToDoubleFunction starts = row -> row < 600 ? 7 : wave(row);
        double largest = largestError(starts, starts, 700, 900);
        assertTrue(largest < 12, () -> "up to " + largest);
    }
}
