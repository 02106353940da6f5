package dev.gatecast.trainer;

import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Ring;
import dev.gatecast.forecast.Fleet;
import dev.gatecast.forecast.YoungForecast;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether what is known of the fleet helps new entities, and under which transform: some of the entities there are
 * begin anew, at several of their fitted rows, with what all the others tell and without.
 */
final class Beginnings {
    private static final int MOST_ENTITIES = 64;
    private static final int STARTS = 3;
    private static final int FIRST = 2; // the tick from which on forecasts are compared
    private static final double LEAST_SCALE = 1e-12;
    private static final float[] MEDIAN = {0.5f};

    private final FeatureSpec spec;
    private final int horizons;
    private final int ticks;

    /** A fleet's error beside that of doing without. */
    private record Judged(Fleet fleet, double with, double without) {}

    private Beginnings(FeatureSpec spec, int horizons) {
        this.spec = spec;
        this.horizons = horizons;
        ticks = spec.windows().profile() - 1;
    }

    /**
     * What is known of new entities, where it helps them.
     *
     * @param spec of the model
     * @param horizons steps ahead
     * @param figures told of what was found. Modified.
     */
    static @Nullable Fleet of(TrainingData data, FeatureSpec spec, int horizons, SortedMap<String, String> figures) {
        var beginnings = new Beginnings(spec, horizons);
        Judged best = null;
        for (var transform : Prepared.candidates(data)) {
            var judged = FleetFit.of(data, spec, transform).map(beginnings::judged);
            if (judged.isPresent() && (best == null || judged.get().with < best.with)) {
                best = judged.get();
            }
        }
        if (best == null || !(best.without > 0)) {
            return null;
        }
        boolean helps = best.with < best.without;
        figures.put(
                "new entities",
                String.format(
                        Locale.ROOT,
                        "error %.4f by what is known of the fleet under %s, %.4f without: it is %s",
                        best.with,
                        best.fleet.transform(),
                        best.without,
                        helps ? "used" : "not used"));
        return helps ? best.fleet : null;
    }

    private Judged judged(FleetFit fit) {
        var pasts = fit.pasts();
        int count = Math.min(MOST_ENTITIES, pasts.size());
        double with = 0;
        double without = 0;
        for (int i = 0; i < count; i++) {
            int at = (int) ((long) i * pasts.size() / count);
            with += error(pasts.get(at), Optional.of(fit.without(at)));
            without += error(pasts.get(at), Optional.empty());
        }
        return new Judged(fit.fleet(), with / count, without / count);
    }

    /** Mean absolute error of an entity's beginnings, in its own mean absolute deviations. */
    private double error(Past past, Optional<Fleet> fleet) {
        var young = new YoungForecast(spec, horizons, MEDIAN, fleet.orElse(null));
        double sum = 0;
        long count = 0;
        for (int start = 0; start < STARTS; start++) {
            int from = start * past.fitEnd() / STARTS;
            var ring = new Ring(spec.windows().ring());
            ring.fit(spec.transform(), spec.windows().ring());
            int end = Math.min(from + ticks, past.fitEnd() - horizons);
            for (int row = from; row < end; row++) {
                ring.push(past.values()[row]);
                if (row - from >= FIRST - 1) {
                    sum += error(past, row, young, ring);
                    count += horizons;
                }
            }
        }
        return sum / Math.max(1, count) / scale(past);
    }

    private double error(Past past, int row, YoungForecast young, Ring ring) {
        var out = new float[horizons];
        young.write(ring, past.times()[row], out);
        double sum = 0;
        for (int h = 1; h <= horizons; h++) {
            sum += Math.abs(past.values()[row + h] - out[h - 1]);
        }
        return sum;
    }

    private static double scale(Past past) {
        double mean = 0;
        for (int row = 0; row < past.fitEnd(); row++) {
            mean += past.values()[row] / past.fitEnd();
        }
        double sum = 0;
        for (int row = 0; row < past.fitEnd(); row++) {
            sum += Math.abs(past.values()[row] - mean) / past.fitEnd();
        }
        return Math.max(sum, LEAST_SCALE);
    }
}
