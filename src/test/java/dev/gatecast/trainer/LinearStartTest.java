package dev.gatecast.trainer;

import static dev.gatecast.trainer.Histories.wave;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.Transform;
import dev.gatecast.trainer.TrainerSettings.Sizes;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class LinearStartTest {
    private static final int PROFILE = 6;
    private static final int HORIZONS = 3;
    private static final int WINDOW = 16; // the level's, twice the longer season

    private static TrainerSettings settings() {
        var target = new Target(
                HORIZONS, new float[] {0.1f, 0.5f, 0.9f}, new Seasons(8, 16), 3_600_000, false, Optional.empty());
        var all = TrainerSettings.DEFAULT;
        return new TrainerSettings(
                target, new Sizes(1, 4, 4, PROFILE, 1, 48), all.batches(), all.descent(), all.holdOut(), all.run());
    }

    private static TrainingData data() {
        var history = new Histories()
                .with("a", 200, wave(10, 2, 1))
                .with("b", 150, wave(50, 7, 2))
                .history();
        return TrainingData.of(history, settings().target(), settings().holdOut());
    }

    @Test
    void equalsTheNormalEquationsWrittenOutAtLength() {
        var prepared = Prepared.of(data(), settings(), Transform.IDENTITY);
        assertEquals(WINDOW, prepared.spec().windows().level());
        var fitted = LinearStart.fit(prepared);
        for (int h = 0; h < HORIZONS; h++) {
            var oracle = oracle(prepared, h);
            for (int i = 0; i < PROFILE; i++) {
                assertEquals(oracle[i], fitted.weights()[h][i], 1e-4);
            }
            assertEquals(oracle[PROFILE], fitted.bias()[h], 1e-4);
        }
    }

    /** Without a season, of a model that sees 80 values. */
    private static Prepared seen80(IntToDoubleFunction value) {
        var target =
                new Target(HORIZONS, new float[] {0.1f, 0.5f, 0.9f}, Seasons.NONE, 3_600_000, false, Optional.empty());
        var all = TrainerSettings.DEFAULT;
        var settings = new TrainerSettings(
                target, new Sizes(1, 4, 4, 80, 1, 48), all.batches(), all.descent(), all.holdOut(), all.run());
        var history = new Histories().with("made", 200, value).history();
        var data = TrainingData.of(history, target, settings.holdOut());
        return Prepared.of(data, settings, Transform.IDENTITY);
    }

    /** 200 steps of a walk, of which a model sees 80: with next to no penalty it fits to noise. */
    @Test
    void holdsToTheLastValueWhatAShortHistorySaysNothingOf() {
        var random = new Random(1);
        var walk = new double[] {50};
        var prepared = seen80(row -> walk[0] += random.nextGaussian());
        double plain = judged(prepared, LinearStart.fit(prepared));
        double chosen = judged(prepared, LinearStart.of(prepared));
        double last = judged(prepared, LinearChoice.parts(prepared).all().solved(1e9, LinearPrior.LAST));
        assertTrue(chosen < 0.7 * plain, chosen + " of " + plain);
        assertTrue(chosen < 1.1 * last, chosen + " of " + last);
    }

    /** A level that walks under noise: neither the last value nor the level of all that is seen. */
    @Test
    void smoothsALevelThatWalksUnderNoise() {
        var random = new Random(1);
        var walk = new double[] {50};
        var prepared = seen80(row -> (walk[0] += random.nextGaussian()) + 4 * random.nextGaussian());
        var all = LinearChoice.parts(prepared).all();
        double chosen = judged(prepared, LinearStart.of(prepared));
        double smoothed = judged(prepared, all.solved(1e9, LinearPrior.SMOOTHED));
        double last = judged(prepared, all.solved(1e9, LinearPrior.LAST));
        assertTrue(chosen < 1.1 * smoothed, chosen + " of " + smoothed);
        assertTrue(smoothed < 0.8 * last, smoothed + " of " + last);
    }

    /** What a season before says is said by that prior, whatever the horizon. */
    @Test
    void aSeasonIsTheSameHourOfTheSeasonBefore() {
        var target =
                new Target(30, new float[] {0.1f, 0.5f, 0.9f}, new Seasons(24, 24), 3_600_000, false, Optional.empty());
        var all = TrainerSettings.DEFAULT;
        var settings = new TrainerSettings(
                target, new Sizes(1, 4, 4, 48, 1, 48), all.batches(), all.descent(), all.holdOut(), all.run());
        var history = new Histories().with("wave", 300, row -> row % 24).history();
        var data = TrainingData.of(history, target, settings.holdOut());
        var prepared = Prepared.of(data, settings, Transform.IDENTITY);
        assertEquals(0, judged(prepared, LinearChoice.parts(prepared).all().solved(1e9, LinearPrior.SEASON)), 1e-6);
    }

    /** Mean squared error on the rows that judge, which no choice has seen. */
    private static double judged(Prepared prepared, LinearStart model) {
        double sum = 0;
        int count = 0;
        var past = prepared.entities().get(0).past();
        for (int end = past.selectEnd(); end + prepared.horizons() <= past.rows(); end++) {
            var row = LinearRow.of(prepared, prepared.entities().get(0), end, past.rows());
            for (var missed : row.missed(model)) {
                sum += row.weight() * row.weight() * missed * missed;
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void doesNotReadARowThatIsHeldOut() {
        var plain = data();
        var fitted = LinearStart.fit(Prepared.of(plain, settings(), Transform.IDENTITY));
        for (var past : plain.pasts()) {
            for (int i = past.fitEnd(); i < past.rows(); i++) {
                past.values()[i] = 1e6;
            }
        }
        var spoiled = LinearStart.fit(Prepared.of(plain, settings(), Transform.IDENTITY));
        for (int h = 0; h < HORIZONS; h++) {
            org.junit.jupiter.api.Assertions.assertArrayEquals(fitted.weights()[h], spoiled.weights()[h]);
        }
    }

    @Test
    void refusesAHistoryThatIsTooShortForOneForecast() {
        var history = new Histories().with("short", 12, wave(10, 2, 1)).history();
        var data = TrainingData.of(history, settings().target(), settings().holdOut());
        var e = assertThrows(UnusableHistory.class, () -> Prepared.of(data, settings(), Transform.IDENTITY));
        assertTrue(String.valueOf(e.getMessage()).startsWith("an entity needs at least 9 rows to train on"));
    }

    /** Solves the normal equations of one horizon, summed naively, by plain Gaussian elimination. */
    private static double[] oracle(Prepared prepared, int h) {
        int n = PROFILE + 1;
        var a = new double[n][n + 1];
        for (var entity : prepared.entities()) {
            var u = entity.past().values();
            int rows = entity.past().fitEnd();
            for (int t = PROFILE - 1; t + HORIZONS < rows; t++) {
                int from = Math.max(0, t + 1 - WINDOW);
                double mean = 0;
                for (int i = from; i <= t; i++) {
                    mean += u[i] / (t + 1 - from);
                }
                double variance = 0;
                for (int i = from; i <= t; i++) {
                    variance += (u[i] - mean) * (u[i] - mean) / (t + 1 - from);
                }
                double spread =
                        Math.max(Math.sqrt(variance), prepared.spec().spread().floor());
                double w = spread / entity.deviation();
                var x = new double[n];
                for (int i = 0; i < PROFILE; i++) {
                    x[i] = (u[t - PROFILE + 1 + i] - mean) / spread;
                }
                x[PROFILE] = 1;
                double y = (u[t + 1 + h] - mean) / spread;
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        a[i][j] += w * w * x[i] * x[j];
                    }
                    a[i][n] += w * w * x[i] * y;
                }
            }
        }
        double diagonal = 0;
        for (int i = 0; i < n; i++) {
            diagonal += a[i][i] / n;
        }
        for (int i = 0; i < n; i++) {
            a[i][i] += 1e-4 * diagonal;
        }
        return eliminate(a);
    }

    private static double[] eliminate(double[][] a) {
        int n = a.length;
        for (int p = 0; p < n; p++) {
            for (int i = 0; i < n; i++) {
                double factor = i == p ? 0 : a[i][p] / a[p][p];
                for (int j = p; j <= n; j++) {
                    a[i][j] -= factor * a[p][j];
                }
            }
        }
        var x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = a[i][n] / a[i][i];
        }
        return x;
    }
}
