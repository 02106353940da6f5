package dev.gatecast.app;

import dev.gatecast.codec.ModelCodec;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A model of the usual sizes with seeded weights: hourly, 24 horizons. */
final class BenchModel {
    private static final int HORIZONS = 24;
    private static final float WEIGHT = 0.02f;
    private static final float[] LEVELS = {0.025f, 0.05f, 0.1f, 0.25f, 0.5f, 0.75f, 0.9f, 0.95f, 0.975f};

    private BenchModel() {}

    /** One that sees a week at the head, of 64 units. */
    static Model of(int hidden) {
        return of(hidden, 168, 64);
    }

    /** One as {@code train} makes it by default: it sees two weeks at the head, of 128 units. */
    static Model trained(int hidden) {
        return of(hidden, 336, 128);
    }

    private static Model of(int hidden, int profile, int units) {
        var spec = new FeatureSpec(
                Transform.SQRT,
                new FeatureSpec.Seasons(24, 168),
                new FeatureSpec.Windows(168, profile, 336),
                Duration.ofHours(1).toMillis(),
                true,
                new FeatureSpec.Spread(1.0, 0.05));
        var head = new Architecture.Head(spec.windows().profile(), spec.extras(), units, HORIZONS, LEVELS.length);
        var start = Parameters.initial(new Architecture(CellKind.GRU, spec.inputs(), hidden, 1, head), LEVELS, 1);
        var random = new Random(2);
        start.forEach((name, rows, columns, values) -> fillEmpty(values, random));
        var recipe = new Recipe(spec, List.of(start.freeze()), LEVELS, HORIZONS);
        return new ModelCodec().name(recipe, new Lineage(new TreeMap<>()));
    }

    /** What training starts at zero would be nothing to multiply with. */
    private static void fillEmpty(float[] values, Random random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] == 0 ? WEIGHT * (float) random.nextGaussian() : values[i];
        }
    }
}
