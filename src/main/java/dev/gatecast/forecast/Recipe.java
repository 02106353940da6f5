package dev.gatecast.forecast;

import dev.gatecast.event.HorizonGroups;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.model.DirectedOutput;
import dev.gatecast.model.LinearForecast;
import dev.gatecast.model.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that turns an entity's values into forecasts: features, networks, quantile levels. Immutable and shared.
 *
 * @param spec how values become inputs
 * @param networks one or more networks of the same sizes, whose forecasts are averaged
 * @param levels the quantiles' probabilities, ascending, with 0.5 among them, (levels)
 * @param warmUp steps an entity needs before its forecasts count
 * @param correction of its forecasts before they leave
 * @param fleet what is known of new entities; null where nothing is
 * @param linear a linear model that its forecasts may be mixed with; null where there is none
 */
@SuppressWarnings("ArrayRecordComponent")
public record Recipe(
        FeatureSpec spec,
        List<Network> networks,
        float[] levels,
        int warmUp,
        Correction correction,
        @Nullable Fleet fleet,
        @Nullable LinearForecast linear) {
    private static final int MOST_WARM_UP = 100_000;

    /** Checks the parts against each other; throws IllegalArgumentException with expected and actual. */
    public Recipe {
        networks = List.copyOf(networks);
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("recipe: expected at least one network, got none");
        }
        checkLevels(levels);
        if (warmUp < 0 || warmUp > MOST_WARM_UP) {
            throw new IllegalArgumentException(
                    "recipe: warm-up: expected 0 to " + MOST_WARM_UP + " steps, got " + warmUp);
        }
        for (var network : networks) {
            var sizes = network.architecture();
            expect("inputs", spec.inputs(), sizes.inputs());
            expect("profile", spec.profile(), sizes.head().profile());
            expect("calendar inputs of the head", spec.extras(), sizes.head().extras());
            var categories = spec.context().categories();
            expect("categories", categories.rows(), sizes.options().categories().rows());
            expect(
                    "numbers of a category",
                    categories.width(),
                    sizes.options().categories().width());
            if (!sizes.head().output().gives(levels.length)) {
                throw new IllegalArgumentException("recipe: expected a head that gives " + levels.length
                        + " quantiles, got " + sizes.head().output().text());
            }
            if (sizes.head().output() instanceof DirectedOutput
                    && spec.windows().profile() == 0) {
                throw new IllegalArgumentException(
                        "recipe: expected recent values at the head, from which a direction is taken, got none");
            }
            if (!sizes.equals(networks.get(0).architecture())) {
                throw new IllegalArgumentException("recipe: expected networks of the same sizes, got " + sizes + " and "
                        + networks.get(0).architecture());
            }
        }
        int widths = correction.widths().length;
        int horizons = networks.get(0).architecture().head().horizons();
        if (linear != null) {
            expect("horizons of the linear expert", horizons, linear.horizons());
            if (linear.values() > spec.windows().ring()) {
                throw new IllegalArgumentException("recipe: expected a linear expert of at most "
                        + spec.windows().ring() + " values, as the ring holds, got " + linear.values());
            }
        }
        if (widths > 0) {
            expect("width factors", HorizonGroups.reaches(horizons).length * levels.length, widths);
        }
    }

    /** A recipe whose forecasts are not corrected, which knows nothing of new entities and has no linear expert. */
    public Recipe(FeatureSpec spec, List<Network> networks, float[] levels, int warmUp) {
        this(spec, networks, levels, warmUp, Correction.NONE, null, null);
    }

    /** The same with another correction. */
    public Recipe with(Correction other) {
        return new Recipe(spec, networks, levels, warmUp, other, fleet, linear);
    }

    /** The same with what is known of new entities, or without it. */
    public Recipe with(@Nullable Fleet other) {
        return new Recipe(spec, networks, levels, warmUp, correction, other, linear);
    }

    /** The same with a linear expert, or without it. */
    public Recipe with(@Nullable LinearForecast other) {
        return new Recipe(spec, networks, levels, warmUp, correction, fleet, other);
    }

    /** Horizons that it forecasts, in steps. */
    public int horizons() {
        return networks.get(0).architecture().head().horizons();
    }

    /** Milliseconds from one horizon to the next; 0 where every tick is a step. */
    public long cadence() {
        return spec.cadence();
    }

    /** Length of the hidden state of all networks together. */
    public int hidden() {
        return networks.size() * networks.get(0).architecture().stateSize();
    }

    /** Index of the level nearest to {@code probability}. */
    public int level(double probability) {
        int best = 0;
        for (int i = 1; i < levels.length; i++) {
            if (Math.abs(levels[i] - probability) < Math.abs(levels[best] - probability)) {
                best = i;
            }
        }
        return best;
    }

    private static void expect(String what, int expected, int actual) {
        if (expected != actual) {
            throw new IllegalArgumentException(
                    "recipe: " + what + ": features and levels give " + expected + ", the network has " + actual);
        }
    }

    private static void checkLevels(float[] levels) {
        boolean median = false;
        for (int i = 0; i < levels.length; i++) {
            median |= levels[i] == 0.5f;
            if (!(levels[i] > 0 && levels[i] < 1) || (i > 0 && levels[i] <= levels[i - 1])) {
                throw new IllegalArgumentException(
                        "recipe: expected ascending quantile levels within (0, 1), got " + levels[i] + " at " + i);
            }
        }
        if (!median) {
            throw new IllegalArgumentException("recipe: expected 0.5 among the quantile levels");
        }
    }
}
