package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Tick;
import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Forecaster;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Governing;
import dev.gatecast.forecast.Model;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Days of offices that are nearly closed on days that nothing but a list tells. */
class HolidayTest {
    private static final long DAY = 24 * Histories.HOUR;
    private static final int HORIZONS = 14;
    private static final int ROWS = 900;
    private static final int FITTED = 700;
    private static final double[] WEEK = {1, 1.05, 1.1, 1, 0.9, 0.5, 0.4};

    /** Those of the list; about one day of 30. */
    private static List<LocalDate> holidays() {
        var random = new Random(8);
        return IntStream.range(0, ROWS + HORIZONS)
                .filter(row -> random.nextInt(30) == 0)
                .mapToObj(row -> LocalDate.ofEpochDay(Histories.START / DAY + row))
                .toList();
    }

    private static List<Tick> ticks(String entity, int seed) {
        var random = new Random(seed);
        var holidays = holidays();
        var ticks = new ArrayList<Tick>();
        for (int row = 0; row < ROWS; row++) {
            long time = Histories.START + row * DAY;
            double open = holidays.contains(LocalDate.ofEpochDay(time / DAY)) ? 0.1 : 1;
            double value = 100 * WEEK[row % 7] * open * (1 + 0.05 * random.nextGaussian());
            ticks.add(new Tick(entity, time, new double[] {value}));
        }
        return ticks;
    }

    private static Histories history() {
        var histories = new Histories();
        for (int i = 0; i < 4; i++) {
            ticks("office-" + i, i).subList(0, FITTED).forEach(histories::tick);
        }
        return histories;
    }

    private static TrainerSettings settings() {
        var timing = new Timing(true, "UTC", new Timing.Holidays(false, false, holidays()));
        var target = new Target(HORIZONS, Small.LEVELS, new Seasons(7, 7), DAY, timing, Optional.empty());
        var small = Small.iterations(60);
        return new TrainerSettings(
                target, small.sizes(), small.batches(), small.descent(), small.holdOut(), small.run());
    }

    private static Model trained() {
        return new Trainer(settings(), InstantSource.system(), Progress.Listener.SILENT)
                .challenge(history().history(), Optional.empty(), Map.of())
                .challenger();
    }

    /** Sums of absolute errors of days after the fitted ones, by horizon: on holidays, on others; then the counts. */
    private static double[][] errors(Model model) {
        var ticks = ticks("office-0", 0);
        var holidays = holidays();
        var forecaster = new Forecaster(ForecasterSettings.DEFAULT);
        var state = forecaster.newState();
        int median = model.recipe().level(0.5);
        var sums = new double[4][HORIZONS];
        for (int row = 0; row + HORIZONS < ROWS; row++) {
            var forecast = forecaster
                    .advance(state, ticks.get(row), new Governing(model, 1))
                    .forecast();
            for (int h = 0; h < HORIZONS && row >= FITTED; h++) {
                var tick = ticks.get(row + 1 + h);
                int which = holidays.contains(LocalDate.ofEpochDay(tick.time() / DAY)) ? 0 : 1;
                sums[which][h] += Math.abs(
                        tick.values()[0] - Objects.requireNonNull(forecast).quantile(h + 1, median));
                sums[2 + which][h]++;
            }
        }
        return sums;
    }

    @Test
    void eachStepAheadIsForecastAsAHolidayOrAsNone() {
        var sums = errors(trained());
        for (int h = 0; h < HORIZONS; h++) {
            double holidays = sums[0][h] / sums[2][h];
            double others = sums[1][h] / sums[3][h];
            System.out.printf("holidays, MAE %d ahead: %.2f, other days %.2f%n", h + 1, holidays, others);
            assertTrue(holidays < 15, "holidays: " + holidays + " at " + (h + 1));
            assertTrue(others < 8, "other days: " + others + " at " + (h + 1));
        }
    }

    @Test
    void theLinearStartSeesThemAndNoExpertIsAskedThatDoesNot() {
        var settings = settings();
        var data = TrainingData.of(history().history(), settings.target(), settings.holdOut());
        var prepared = Prepared.of(data, settings, Transform.IDENTITY);
        assertEquals(HORIZONS + 2 * prepared.profile(), prepared.seen());
        assertNull(LinearExpert.of(data, prepared));
    }
}
