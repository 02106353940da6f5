package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.feature.FeatureSpec.Seasons;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeriodsTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    @Test
    void anHourlyDayAndWeekAreFound() {
        assertEquals(new Seasons(24, 168), Periods.found(List.of(past(2000, 24, 168)), HOUR));
        assertEquals(new Seasons(24, 168), Periods.found(List.of(past(2000, 24, 168)), 0));
    }

    @Test
    void aDayOfFiveMinutesIsFound() {
        assertEquals(
                288, Periods.found(List.of(past(3000, 288, 288)), 5 * MINUTE).shorter());
    }

    @Test
    void aWeekOfDaysIsFound() {
        assertEquals(new Seasons(7, 7), Periods.found(List.of(past(400, 7, 7)), 24 * HOUR));
    }

    @Test
    void noiseAndRandomWalksHaveNoSeason() {
        var random = new Random(3);
        var noise = new double[2000];
        var walk = new double[2000];
        for (int i = 1; i < noise.length; i++) {
            noise[i] = random.nextGaussian();
            walk[i] = walk[i - 1] + random.nextGaussian();
        }
        for (var values : List.of(noise, walk)) {
            assertEquals(Seasons.NONE, Periods.found(List.of(past(values)), HOUR));
            assertEquals(Seasons.NONE, Periods.found(List.of(past(values)), 0));
        }
    }

    @Test
    void aHistoryShorterThanThreeSeasonsHasNone() {
        assertEquals(Seasons.NONE, Periods.found(List.of(past(60, 24, 24)), HOUR));
    }

    /** A profile of the day, louder on the last two sevenths of the longer season. */
    private static Past past(int rows, int season, int longer) {
        var random = new Random(7);
        var profile = random.doubles(season).toArray();
        var values = new double[rows];
        for (int i = 0; i < rows; i++) {
            double loud = longer > season && i % longer >= longer * 5 / 7 ? 0.3 : 1;
            values[i] = 10 * loud * profile[i % season] + random.nextGaussian();
        }
        return past(values);
    }

    private static Past past(double[] values) {
        return new Past("A", new long[values.length], values, values.length, values.length);
    }
}
