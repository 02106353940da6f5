package dev.gatecast.forecast;

import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Ring;
import dev.gatecast.feature.Tangent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The forecast of an entity with fewer values than the head looks at. Where the model knows its fleet, that of
 * {@link FleetForecast}; else the value one season before, or the last value while there is no whole season, with Laplace
 * quantiles, under the model's transform.
 *
 * <p>The latter are as wide as such forecasts have missed so far on the entity, the fleet's spread counting as
 * {@value #WEIGHT} misses more: nothing is known of an entity at its first tick but that it is one of the fleet. A last
 * value is taken to miss by the root of the steps ahead, up to the whole spread.
 */
public final class YoungForecast {
    /** Misses that the fleet's spread stands for. */
    private static final int WEIGHT = 4;

    /** Mean difference of two values drawn from a normal distribution, in deviations: nothing tells them more apart. */
    private static final double STRANGERS = 1.128;

    /** What one step is taken to be of that before any is seen. */
    private static final double STEP = 0.5;

    private final FeatureSpec spec;
    private final int horizons;
    private final double[] tails; // of the Laplace distribution, as far out as the levels, (levels)
    private final @Nullable FleetForecast ofFleet; // null where nothing is known of the fleet
    private float[] u = {}; // transformed values, newest first, (at least size)
    private @Nullable Tangent tangent; // of the last entity, null where the transform does without

    /** @param levels probabilities of the quantiles */
    public YoungForecast(FeatureSpec spec, int horizons, float[] levels, @Nullable Fleet fleet) {
        this.spec = spec;
        this.horizons = horizons;
        tails = new double[levels.length];
        Arrays.setAll(tails, q -> laplace(levels[q]));
        ofFleet = fleet == null ? null : new FleetForecast(fleet, spec, horizons, levels);
    }

    /** That of a model's young entities. */
    static YoungForecast of(Recipe recipe) {
        return new YoungForecast(recipe.spec(), recipe.horizons(), recipe.levels(), recipe.fleet());
    }

    /**
     * Writes the quantiles in the entity's units.
     *
     * @param ring at least one value. Not modified.
     * @param time of the newest value
     * @param out (horizons * levels). Modified.
     */
    public void write(Ring ring, long time, float[] out) {
        if (ofFleet == null) {
            bySeason(ring, out);
        } else {
            ofFleet.write(ring, time, out);
        }
    }

    private void bySeason(Ring ring, float[] out) {
        int size = transform(ring);
        int season = spec.seasons().shorter();
        boolean seasonal = season > 0 && size > season;
        double strangers = STRANGERS * spec.spread().training();
        double step = miss(size, 1, STEP * strangers);
        double miss = seasonal ? miss(size, season, STEP * strangers) : step;
        double most = Math.max(strangers, step);
        for (int horizon = 1; horizon <= horizons; horizon++) {
            double centre = seasonal ? u[season - 1 - (horizon - 1) % season] : u[0];
            double width = seasonal ? miss : Math.min(most, miss * Math.sqrt(horizon));
            int at = (horizon - 1) * tails.length;
            for (int q = 0; q < tails.length; q++) {
                out[at + q] = inverse(centre + width * tails[q]);
            }
        }
    }

    /** Fills the transformed values; returns how many there are. */
    private int transform(Ring ring) {
        int size = ring.size();
        if (u.length < size) {
            u = new float[ring.capacity()];
        }
        tangent = Tangent.of(ring, size, spec.transform(), tangent);
        for (int back = 0; back < size; back++) {
            double value = ring.raw(back);
            u[back] = tangent == null ? spec.transform().forward(value) : tangent.forward(value);
        }
        return size;
    }

    /** Mean absolute difference over {@code lag} steps, under the transform, with what is known before counted in. */
    private double miss(int size, int lag, double before) {
        double sum = WEIGHT * before;
        int pairs = Math.max(0, size - lag);
        for (int i = 0; i < pairs; i++) {
            sum += Math.abs(u[i] - u[i + lag]);
        }
        return sum / (pairs + WEIGHT);
    }

    private float inverse(double transformed) {
        return tangent == null ? spec.transform().inverse(transformed) : tangent.inverse(transformed);
    }

    /** Quantile of the Laplace distribution with mean absolute deviation 1. */
    private static double laplace(double level) {
        return level < 0.5 ? StrictMath.log(2 * level) : -StrictMath.log(2 * (1 - level));
    }

    /** Whether the head cannot be used yet. */
    static boolean needed(Ring ring, Recipe recipe) {
        return ring.size() < recipe.spec().windows().profile();
    }
}
