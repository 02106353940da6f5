package dev.gatecast.trainer;

import dev.gatecast.trainer.GateResult.Contender;
import java.util.ArrayList;
import java.util.TreeMap;

/** Errors of one contender, horizon by horizon, in all and by pair: an entity, or a stretch of time. Not thread-safe. */
final class Errors {
    private final double[] absolute; // (horizons), sums in the entities' units
    private final Losses all;
    private final TreeMap<Long, Losses> pairs = new TreeMap<>();
    private Losses pair;
    private long covered;
    private long banded;

    Errors(int horizons) {
        absolute = new double[horizons];
        all = new Losses(horizons);
        pair = new Losses(horizons);
    }

    /** What is compared between contenders. */
    enum Measure {
        /** Mean absolute error in units of each entity's seasonal difference. */
        ERROR("error"),
        /** Mean pinball loss over the levels, in the same units. */
        PINBALL("pinball loss"),
        /** Share of moves whose likeliest direction did not come. */
        MISSES("wrong directions"),
        /** Mean of -ln of the probability of the direction that came. */
        ENTROPY("cross-entropy");

        final String text;

        Measure(String text) {
            this.text = text;
        }
    }

    /** What comes next belongs to this pair. */
    void pair(long key) {
        pair = pairs.computeIfAbsent(key, one -> new Losses(absolute.length));
    }

    /**
     * Takes in a point forecast.
     *
     * @param horizon steps ahead, from 1
     * @param error truth minus forecast
     * @param unit the entity's seasonal difference, above 0
     */
    void add(int horizon, double error, double unit) {
        absolute[horizon - 1] += Math.abs(error);
        all.add(horizon, Math.abs(error) / unit);
        pair.add(horizon, Math.abs(error) / unit);
    }

    /**
     * Takes in the quantiles behind the point forecast.
     *
     * @param horizon steps ahead, from 1
     * @param mean pinball loss, mean over the levels
     * @param inside whether the truth lay within the 90 % band
     */
    void addQuantiles(int horizon, double mean, double unit, boolean inside) {
        all.pinball[horizon - 1] += mean / unit;
        pair.pinball[horizon - 1] += mean / unit;
        covered += inside ? 1 : 0;
        banded++;
    }

    /** Takes in whether the likeliest direction of a horizon, from 1, is what came. */
    void addDirection(int horizon, boolean hit) {
        all.direct(horizon, hit);
        pair.direct(horizon, hit);
    }

    /** Takes in what the direction that came costs, after {@link #addDirection}. */
    void addEntropy(int horizon, double entropy) {
        all.entropy[horizon - 1] += entropy;
        pair.entropy[horizon - 1] += entropy;
    }

    /** Mean over the forecasts of one horizon, from 1, or with 0 over the horizons; not a number where there are none. */
    double mean(Measure measure, int horizon) {
        return all.mean(measure, horizon);
    }

    /**
     * The other's mean less this one's, pair by pair in the order of their keys, (pairs); above 0 this one is better.
     *
     * @param horizon from 1, or 0 for the mean over them
     */
    double[] differences(Errors other, Measure measure, int horizon) {
        return pairs.entrySet().stream()
                .mapToDouble(entry -> other.of(entry.getKey()).mean(measure, horizon)
                        - entry.getValue().mean(measure, horizon))
                .filter(difference -> !Double.isNaN(difference))
                .toArray();
    }

    private Losses of(long key) {
        return pairs.getOrDefault(key, new Losses(absolute.length));
    }

    /** All of it; not a number where nothing was compared. */
    Contender figures(String name) {
        var mae = new ArrayList<Double>();
        for (int h = 0; h < absolute.length; h++) {
            mae.add(absolute[h] / all.counts[h]);
        }
        double coverage = (double) covered / banded;
        var directions = new GateResult.Moves(1 - mean(Measure.MISSES, 0), mean(Measure.ENTROPY, 0));
        return new Contender(name, mean(Measure.ERROR, 0), mean(Measure.PINBALL, 0), coverage, directions, mae);
    }

    /** Sums by horizon. */
    private static final class Losses {
        private final double[] relative; // (horizons)
        private final double[] pinball; // (horizons)
        private final double[] misses; // (horizons)
        private final double[] entropy; // (horizons)
        private final long[] counts; // (horizons)
        private final long[] directed; // (horizons)

        Losses(int horizons) {
            relative = new double[horizons];
            pinball = new double[horizons];
            misses = new double[horizons];
            entropy = new double[horizons];
            counts = new long[horizons];
            directed = new long[horizons];
        }

        void add(int horizon, double error) {
            relative[horizon - 1] += error;
            counts[horizon - 1]++;
        }

        void direct(int horizon, boolean hit) {
            misses[horizon - 1] += hit ? 0 : 1;
            directed[horizon - 1]++;
        }

        double mean(Measure measure, int horizon) {
            var sums =
                    switch (measure) {
                        case ERROR -> relative;
                        case PINBALL -> pinball;
                        case MISSES -> misses;
                        case ENTROPY -> entropy;
                    };
            var over = measure == Measure.ERROR || measure == Measure.PINBALL ? counts : directed;
            return horizon == 0 ? meanOfMeans(sums, over) : sums[horizon - 1] / over[horizon - 1];
        }

        private static double meanOfMeans(double[] sums, long[] counts) {
            double sum = 0;
            int used = 0;
            for (int h = 0; h < sums.length; h++) {
                if (counts[h] > 0) {
                    sum += sums[h] / counts[h];
                    used++;
                }
            }
            return sum / used;
        }
    }
}
