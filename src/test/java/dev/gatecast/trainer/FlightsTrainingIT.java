package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Forecast;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.source.Series;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Trains on the departures of January to April, as the demo does, and measures June: half a minute on two cores. Errors
 * are those of forecasts made at every hour of June, and of the last hour of May.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FlightsTrainingIT {
    private static final int HORIZONS = 24;

    @SuppressWarnings("NullAway.Init")
    private static Challenge challenge;

    @SuppressWarnings("NullAway.Init")
    private static June june;

    @BeforeAll
    static void trainAndMeasure() {
        long begin = System.nanoTime();
        challenge = new Trainer(TrainerSettings.DEFAULT, InstantSource.system(), Progress.Listener.SILENT)
                .challenge(Flights.until(Flights.MAY), Optional.empty(), Map.of());
        double seconds = (System.nanoTime() - begin) / 1e9;
        june = new June(challenge.challenger());
        for (var series : Flights.all()) {
            june.measure(series);
        }
        System.out.printf(Locale.ROOT, "trained in %.1f s; %s%n", seconds, june);
    }

    @Test
    void theGateLetsTheModelPass() {
        assertTrue(challenge.gate().passed(), challenge.gate().lines().toString());
    }

    @Test
    void theErrorsAreBelowThoseOfTheSameHourLastWeek() {
        assertTrue(june.mae(1) < 2.50, june.toString());
        assertTrue(june.mae(24) < 2.60, june.toString());
        assertTrue(june.lastWeek() > 3.1, june.toString());
    }

    @Test
    void theSquaredErrorsAreBelowThoseOfALinearModel() {
        assertTrue(june.mse() < 0.0870, june.toString());
        assertTrue(june.mseOfOneStep() < 0.0805, june.toString());
    }

    @Test
    void theBandsCoverWhatTheyPromise() {
        assertTrue(june.coverage() > 0.86 && june.coverage() < 0.94, june.toString());
    }

    /** The errors of one model in June. */
    private static final class June {
        private static final int WEEK = 168;
        private final Governing governing;
        private final Forecaster forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        private final double[] absolute = new double[HORIZONS];
        private final long[] counts = new long[HORIZONS];
        private double squares; // standardised, of origins with all horizons
        private double squaresOfOneStep;
        private long origins;
        private long inside;
        private double week;

        June(Model model) {
            governing = new Governing(model, 1);
        }

        void measure(Series series) {
            var y = series.values(0);
            int train = index(series, Flights.MAY);
            double mean = Arrays.stream(y, 0, train).average().orElseThrow();
            double variance = Arrays.stream(y, 0, train)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            int first = index(series, Flights.JUNE) - 1;
            var state = forecaster.newState();
            for (int t = train; t < y.length; t++) {
                var made = forecaster.advance(state, series.tick(t), governing).forecast();
                if (t >= first && made != null) {
                    compare(made, y, t, variance);
                }
            }
        }

        private void compare(Forecast made, double[] y, int t, double variance) {
            var recipe = governing.model().recipe();
            for (int h = 1; h <= HORIZONS && t + h < y.length; h++) {
                double truth = y[t + h];
                double error = truth - made.quantile(h, recipe.level(0.5));
                absolute[h - 1] += Math.abs(error);
                counts[h - 1]++;
                boolean covered =
                        truth >= made.quantile(h, recipe.level(0.05)) && truth <= made.quantile(h, recipe.level(0.95));
                inside += covered ? 1 : 0;
                week += h == 1 ? Math.abs(truth - y[t + h - WEEK]) : 0;
                if (t + HORIZONS < y.length) {
                    squares += error * error / variance / HORIZONS;
                    squaresOfOneStep += h == 1 ? error * error / variance : 0;
                }
            }
            origins += t + HORIZONS < y.length ? 1 : 0;
        }

        double mae(int horizon) {
            return absolute[horizon - 1] / counts[horizon - 1];
        }

        double lastWeek() {
            return week / counts[0];
        }

        double mse() {
            return squares / origins;
        }

        double mseOfOneStep() {
            return squaresOfOneStep / origins;
        }

        double coverage() {
            return (double) inside / Arrays.stream(counts).sum();
        }

        private static int index(Series series, long time) {
            return Math.abs(Arrays.binarySearch(series.times(), time));
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "June: MAE %.3f at 1 h, %.3f at 6 h, %.3f at 24 h (same hour last week %.3f);"
                            + " standardised MSE %.4f over 24 h, %.4f at 1 h; 90 %% bands cover %.3f",
                    mae(1),
                    mae(6),
                    mae(24),
                    lastWeek(),
                    mse(),
                    mseOfOneStep(),
                    coverage());
        }
    }
}
