package dev.gatecast.trainer;

import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.FeatureSpec.Windows;
import dev.gatecast.model.LinearForecast;
import org.jspecify.annotations.Nullable;

/**
 * The linear model that a recipe's forecasts may be mixed with: ridge regression from twice the level's values where the history
 * tells of so many weights, held to nothing. What the networks see and their start is held to is chosen
 * for all entities; a longer look serves the odd one among them whose rhythm is no season of the others.
 */
final class LinearExpert {
    private static final int LEAST_ORIGINS = 4; // times the values that are looked at

    private LinearExpert() {}

    /** How many of the newest values it looks at; 0: there is none, the networks' own linear path looks as far. */
    static int values(Prepared data) {
        int twice = 2 * data.spec().windows().level();
        boolean future = data.seen() > data.profile(); // of which the newest values know nothing
        if (future || data.profile() == 0 || twice <= data.profile()) {
            return 0;
        }
        long origins = data.entities().stream()
                .mapToLong(entity -> Math.max(0, entity.lastFitEnd(data.horizons()) - twice + 1))
                .sum();
        return origins >= (long) LEAST_ORIGINS * twice ? twice : 0;
    }

    /** Fits it; null where there is none. */
    static @Nullable LinearForecast of(TrainingData data, Prepared prepared) {
        int values = values(prepared);
        return values == 0 ? null : forecast(LinearStart.fit(looking(values, data, prepared)));
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
