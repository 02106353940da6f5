package dev.gatecast.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.event.Traits;
import dev.gatecast.feature.FeatureSpec.Seasons;
import java.util.BitSet;
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

    /** A third of the values are gone, and what stands for them repeats nothing. */
    @Test
    void seasonsAreFoundInGappyData() {
        assertEquals(new Seasons(24, 168), Periods.found(List.of(past(2000, 24, 168)), HOUR));
        assertEquals(new Seasons(24, 168), Periods.found(List.of(gappy(past(2000, 24, 168))), HOUR));
        assertEquals(
                288,
                Periods.found(List.of(gappy(past(3000, 288, 288))), 5 * MINUTE).shorter());
        assertEquals(new Seasons(7, 7), Periods.found(List.of(gappy(past(400, 7, 7))), 24 * HOUR));
    }

    private static Past gappy(Past whole) {
        var values = whole.values().clone();
        var guessed = new BitSet();
        var random = new Random(4);
        for (int i = 1; i < values.length; i++) {
            if (random.nextInt(3) == 0) {
                guessed.set(i);
                values[i] = values[i - 1];
            }
        }
        return new Past(whole.who(), whole.times(), values, whole.fields(), whole.ahead(), guessed, whole.ends());
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
        return new Past(
                new Past.Who("A", Traits.NONE),
                new long[values.length],
                values,
                new float[0][],
                values.length,
                values.length);
    }
}
