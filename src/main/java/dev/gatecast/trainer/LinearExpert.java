package dev.gatecast.trainer;

import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.FeatureSpec.Windows;
import dev.gatecast.model.LinearForecast;
import org.jspecify.annotations.Nullable;

/**
 * The linear model that a recipe's forecasts may be mixed with: ridge regression as {@link LinearStart} has it, from twice the
 * level's values where the history tells of so many weights. What the networks see is chosen for all entities; a longer look
 * serves the odd one among them whose rhythm is no season of the others.
 */
final class LinearExpert {
    private static final int LEAST_ORIGINS = 4; // times the values that are looked at

    private LinearExpert() {}

    /** How many of the newest values it looks at; 0: there is none. */
    static int values(Prepared data) {
        if (data.seen() > data.profile() || data.profile() == 0) {
            return 0; // values to come, of which the newest know nothing, or no look at values at all
        }
        int twice = 2 * data.spec().windows().level();
        long origins = data.entities().stream()
                .mapToLong(entity -> Math.max(0, entity.lastFitEnd(data.horizons()) - twice + 1))
                .sum();
        return origins >= (long) LEAST_ORIGINS * twice ? twice : data.profile();
    }

    /**
     * Fits it.
     *
     * @param data what it is fitted to
     * @param start of the networks; its own linear model serves where it looks at as much
     * @return null where there is none
     */
    static @Nullable LinearForecast of(TrainingData data, Start start) {
        int values = values(start.data());
        if (values == 0) {
            return null;
        }
        boolean same = values == start.data().profile() && start.champion().isEmpty();
        return forecast(same ? start.linear().model() : LinearStart.of(looking(values, data, start.data())));
    }

    /** The data as a head would see it that looks at so many values. */
    private static Prepared looking(int values, TrainingData data, Prepared prepared) {
        var spec = prepared.spec();
        var windows = new Windows(spec.windows().level(), values, spec.windows().ring());
        var longer = new FeatureSpec(
                spec.transform(), spec.seasons(), windows, spec.cadence(), spec.choice(), spec.spread());
        return Prepared.as(data, longer, prepared.horizons());
    }

    private static LinearForecast forecast(LinearStart model) {
        int values = model.weights()[0].length;
        var weights = new float[model.weights().length * values];
        for (int h = 0; h < model.weights().length; h++) {
            System.arraycopy(model.weights()[h], 0, weights, h * values, values);
        }
        return new LinearForecast(weights, model.bias());
    }
}
