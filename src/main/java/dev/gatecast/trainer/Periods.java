package dev.gatecast.trainer;

import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.trainer.TrainerSettings.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the seasons of a history: lags at which the entities' differences repeat themselves.
 *
 * <p>With a cadence the candidates are an hour, a day and a week in steps, without one the lengths that such data usually
 * have. A candidate counts if the autocorrelation of the first differences at its lag, in the middle of the entities, is
 * at least 0.2 and above that of the lags beside it. The
 * shortest that comes near the highest is the main season, the shortest that is as good as the highest the long one.
 */
final class Periods {
    private static final long[] CALENDAR = {3_600_000L, 86_400_000L, 604_800_000L};
    private static final int[] USUAL = {4, 5, 7, 12, 24, 30, 48, 52, 60, 96, 144, 168, 288, 336, 672};
    private static final int LONGEST = 2_016;
    private static final int MOST_ENTITIES = 50;
    private static final int WHOLE = 3; // seasons that an entity must show
    private static final double LEAST = 0.2;
    private static final double NEAR = 0.8; // of the highest: the main season
    private static final double BEST = 0.98; // of the highest: the long one

    private Periods() {}

    /** The settings with what is to be found in the data filled in. */
    static TrainerSettings told(TrainerSettings settings, TrainingData data) {
        var target = settings.target();
        return target.seasons().equals(Target.SEASONS_OF_DATA)
                ? settings.with(target.with(found(data.pasts(), target.cadence())))
                : settings;
    }

    /** Main and long season in steps; none where nothing repeats. {@code cadence} in milliseconds, 0 for none. */
    static Seasons found(List<Past> pasts, long cadence) {
        var lags = new ArrayList<Integer>();
        var strengths = new ArrayList<Double>();
        for (int lag : candidates(cadence)) {
            double strength = strength(pasts, lag);
            if (strength >= LEAST) {
                lags.add(lag);
                strengths.add(strength);
            }
        }
        if (lags.isEmpty()) {
            return Seasons.NONE;
        }
        double best = strengths.stream().mapToDouble(strength -> strength).max().orElseThrow();
        return new Seasons(first(lags, strengths, NEAR * best), first(lags, strengths, BEST * best));
    }

    private static int first(List<Integer> lags, List<Double> strengths, double least) {
        return IntStream.range(0, lags.size())
                .filter(i -> strengths.get(i) >= least)
                .map(lags::get)
                .findFirst()
                .orElseThrow();
    }

    private static int[] candidates(long cadence) {
        if (cadence <= 0) {
            return USUAL;
        }
        return Arrays.stream(CALENDAR)
                .filter(period -> period % cadence == 0 && period / cadence > 1 && period / cadence <= LONGEST)
                .mapToInt(period -> (int) (period / cadence))
                .toArray();
    }

    /** The median over the entities; not a number where none is long enough, and 0 where a lag beside it is as good. */
    private static double strength(List<Past> pasts, int lag) {
        int stride = Math.max(1, pasts.size() / MOST_ENTITIES);
        var all = new ArrayList<Double>();
        for (int i = 0; i < pasts.size(); i += stride) {
            var past = pasts.get(i);
            if (past.fitEnd() >= WHOLE * lag + 1) {
                double at = correlation(past, lag);
                boolean peak = lag < 4 || (at > correlation(past, lag - 1) && at > correlation(past, lag + 1));
                all.add(peak ? at : 0);
            }
        }
        return all.isEmpty() ? Double.NaN : all.stream().sorted().toList().get(all.size() / 2);
    }

    /** Autocorrelation of the fitted rows' first differences, of those between values that came. */
    private static double correlation(Past past, int lag) {
        double product = 0;
        double square = 0;
        int steps = 0;
        int pairs = 0;
        for (int t = 1; t < past.fitEnd(); t++) {
            if (past.guessed(t) || past.guessed(t - 1)) {
                continue;
            }
            double step = past.values()[t] - past.values()[t - 1];
            square += step * step;
            steps++;
            if (t > lag && !past.guessed(t - lag) && !past.guessed(t - lag - 1)) {
                product += step * (past.values()[t - lag] - past.values()[t - lag - 1]);
                pairs++;
            }
        }
        return square > 0 && pairs > 0 ? (double) steps / pairs * product / square : 0;
    }
}
