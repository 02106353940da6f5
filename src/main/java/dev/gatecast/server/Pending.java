package dev.gatecast.server;

import dev.gatecast.event.Forecast;
import dev.gatecast.event.HorizonGroups;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An entity's forecasts of one group of horizons that wait for their values: of each row one horizon, of far groups every
 * so many-th row, {@link #MOST} at most. Not thread-safe.
 */
final class Pending {
    private static final int MEDIAN = 0;
    private static final int LOWER = 1;
    private static final int UPPER = 2;
    private static final int LAST = 3;
    private static final int FIRST_BAND = 4;
    private static final int WIDTH = FIRST_BAND + 2 * Bands.SHARES.length;
    private static final int MOST = 24;
    private static final long NONE = -1;

    private final int[] reaches;
    private final int group;
    private final int stride; // rows from one kept forecast to the next
    private final long[] due; // row whose value is waited for, or NONE, (places)
    private final long[] times; // its time, negative where only its row is known, (places)
    private final float[] values; // (places, WIDTH)

    /** Of one of the groups of a model with so many horizons. */
    Pending(int horizons, int group) {
        this.reaches = HorizonGroups.reaches(horizons);
        this.group = group;
        this.stride = (reaches[group] + MOST - 1) / MOST;
        int places = (reaches[group] + stride - 1) / stride;
        this.due = new long[places];
        this.times = new long[places];
        this.values = new float[WIDTH * places];
        Arrays.fill(due, NONE);
    }

    /** Of all groups. */
    static Pending[] all(int horizons) {
        var all = new Pending[HorizonGroups.reaches(horizons).length];
        for (int g = 0; g < all.length; g++) {
            all[g] = new Pending(horizons, g);
        }
        return all;
    }

    /** Horizons of the model. */
    int horizons() {
        return reaches[reaches.length - 1];
    }

    /** Places for forecasts that wait. */
    int places() {
        return due.length;
    }

    /**
     * A forecast for one target time.
     *
     * @param of the number of its horizons
     * @param last the value when it was made
     * @param inside a bit for each of {@link Bands#SHARES} that held the value
     * @param judged a bit for each of them that the forecast had
     */
    record Due(int of, float median, float lower, float upper, float last, int inside, int judged) {}

    /** Takes out what waits in a place for this tick, or null. {@code row} counts the entity's ticks. */
    @Nullable Due take(int place, long row, long time, float value) {
        if (due[place] != row) {
            return null;
        }
        due[place] = NONE;
        if (times[place] >= 0 && times[place] != time) {
            return null;
        }
        int at = WIDTH * place;
        int inside = 0;
        int judged = 0;
        for (int b = 0; b < Bands.SHARES.length; b++) {
            float lower = values[at + FIRST_BAND + 2 * b];
            float upper = values[at + FIRST_BAND + 2 * b + 1];
            judged |= Float.isNaN(lower) ? 0 : 1 << b;
            inside |= lower <= value && value <= upper ? 1 << b : 0;
        }
        return new Due(
                horizons(),
                values[at + MEDIAN],
                values[at + LOWER],
                values[at + UPPER],
                values[at + LAST],
                inside,
                judged);
    }

    /** Remembers what a forecast made at this row says of the row's horizon. */
    void put(long row, Forecast forecast, Bands bands, float last) {
        if (forecast.horizons() != horizons() || forecast.stamp().warming() || row % stride != 0) {
            return;
        }
        int horizon = HorizonGroups.horizon(reaches, group, row);
        int place = (int) (row / stride % due.length);
        due[place] = row + horizon;
        times[place] = forecast.targetTime(horizon);
        int at = WIDTH * place;
        values[at + MEDIAN] = forecast.quantile(horizon, bands.median());
        values[at + LOWER] = forecast.quantile(horizon, bands.lower());
        values[at + UPPER] = forecast.quantile(horizon, bands.upper());
        values[at + LAST] = last;
        for (int b = 0; b < Bands.SHARES.length; b++) {
            boolean there = bands.from[b] >= 0 && bands.to[b] >= 0;
            values[at + FIRST_BAND + 2 * b] = there ? forecast.quantile(horizon, bands.from[b]) : Float.NaN;
            values[at + FIRST_BAND + 2 * b + 1] = there ? forecast.quantile(horizon, bands.to[b]) : Float.NaN;
        }
    }

    /**
     * Indices among a forecast's levels.
     *
     * @param lower of the 90 % band, or what comes nearest
     * @param from lower ends of the bands of {@link #SHARES}, -1 where there is none
     * @param to their upper ends
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Bands(int lower, int median, int upper, int[] from, int[] to) {
        /** What the bands promise to hold. */
        static final double[] SHARES = {0.5, 0.8, 0.9, 0.95};

        private static final double SAME = 1e-6;

        static final Bands NONE = of(new float[] {0.5f});

        static Bands of(float[] levels) {
            var from = new int[SHARES.length];
            var to = new int[SHARES.length];
            for (int b = 0; b < SHARES.length; b++) {
                from[b] = exactly(levels, (1 - SHARES[b]) / 2);
                to[b] = exactly(levels, (1 + SHARES[b]) / 2);
            }
            return new Bands(nearest(levels, 0.05), nearest(levels, 0.5), nearest(levels, 0.95), from, to);
        }

        private static int exactly(float[] levels, double probability) {
            int there = nearest(levels, probability);
            return Math.abs(levels[there] - probability) < SAME ? there : -1;
        }

        private static int nearest(float[] levels, double probability) {
            int best = 0;
            for (int i = 1; i < levels.length; i++) {
                if (Math.abs(levels[i] - probability) < Math.abs(levels[best] - probability)) {
                    best = i;
                }
            }
            return best;
        }
    }
}
