package dev.gatecast.support;

import dev.gatecast.feature.Categories;
import dev.gatecast.feature.Context;
import dev.gatecast.feature.Covariate;
import dev.gatecast.feature.Days;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Future;
import dev.gatecast.feature.InputChoice;
import dev.gatecast.feature.Transform;
import dev.gatecast.feature.Zone;
import dev.gatecast.forecast.ForecasterSettings;
import dev.gatecast.forecast.Lineage;
import dev.gatecast.forecast.Model;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.DirectedOutput;
import dev.gatecast.model.DirectionOutput;
import dev.gatecast.model.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.ejml.data.FMatrixRMaj;

/** Small models with random weights, for tests that need some model. */
public final class Models {
    /** Levels with the usual 90 % band. */
    public static final float[] LEVELS = {0.05f, 0.1f, 0.5f, 0.9f, 0.95f};

    public static final long HOUR = 3_600_000L;

    private Models() {}

    /** Hourly features with a day's season. */
    public static FeatureSpec spec(Transform transform) {
        return new FeatureSpec(
                transform,
                new FeatureSpec.Seasons(24, 48),
                new FeatureSpec.Windows(48, 48, 96),
                HOUR,
                true,
                new FeatureSpec.Spread(1.0, 0.05));
    }

    /** A model whose every weight is random, small, and follows from the seed. */
    public static Model random(long seed) {
        return random(seed, 8, 1);
    }

    /** The same with other sizes. */
    public static Model random(long seed, int hidden, int layers) {
        var spec = spec(Transform.SQRT);
        var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 16, 6, LEVELS.length);
        var architecture = new Architecture(CellKind.GRU, spec.inputs(), hidden, layers, head);
        return model(spec, network(architecture, seed, 0.1), seed);
    }

    /** The same as the first, but that it sees other fields of the tick. */
    public static Model withContext(long seed, Context context) {
        var plain = spec(Transform.SQRT);
        var spec = new FeatureSpec(
                plain.transform(),
                plain.seasons(),
                plain.windows(),
                plain.cadence(),
                new InputChoice.Standard(true, context),
                plain.spread());
        var head = new Architecture.Head(spec.profile(), spec.extras(), 16, 6, LEVELS.length);
        var categories = context.categories();
        var options = new Architecture.Options(
                false,
                Architecture.Options.NO_DECAY,
                Attention.NONE,
                0,
                new Architecture.Categories(categories.rows(), categories.width()));
        var architecture = new Architecture(CellKind.GRU, spec.inputs(), 8, 1, head, options);
        return model(spec, network(architecture, seed, 0.1), seed);
    }

    /** Tells categories of these names apart. */
    public static Context categories(String... names) {
        return new Context(Days.NONE, List.of(), new Categories(List.of(names)));
    }

    /** Sees the field {@code load}, and what is known of it for so many coming steps. */
    public static Context future(int steps) {
        var past = fields("load").past();
        return new Context(Days.NONE, past, Categories.NONE, new Future(past, steps));
    }

    /** Sees fields of these names. */
    public static Context fields(String... names) {
        return new Context(
                Days.NONE,
                Arrays.stream(names)
                        .map(name -> new Covariate(name, new FeatureSpec.Spread(1, 0.05)))
                        .toList());
    }

    /** Universal time and that of New York as it was in 2001, and two holidays in its January. */
    public static Days days() {
        var zone = new Zone("America/New_York", List.of(986_108_400_000L), List.of(-18_000_000, -14_400_000));
        return new Days(List.of(Zone.UTC, zone), true, new Days.Holidays(List.of(11_323, 11_337), 6));
    }

    /** A random model that says where the value moves as well; values are not transformed. */
    public static Model directed(long seed) {
        var spec = spec(Transform.IDENTITY);
        var output = new DirectedOutput(LEVELS.length, new DirectionOutput(-0.5f, 0.25f));
        var head = new Architecture.Head(spec.windows().profile(), spec.extras(), 16, 6, output);
        return model(spec, network(new Architecture(CellKind.GRU, spec.inputs(), 8, 1, head), seed, 0.1), seed);
    }

    /** A model around a network, named by its seed. */
    public static Model model(FeatureSpec spec, Network network, long seed) {
        var recipe = new Recipe(spec, List.of(network), LEVELS, 24);
        return new Model(String.format("%064x", seed), seed, recipe, new Lineage(new TreeMap<>()));
    }

    /** Random weights, normal with the given deviation; the quantiles' biases ascend. */
    public static Network network(Architecture architecture, long seed, double deviation) {
        var random = new Random(seed);
        var tensors = new TreeMap<String, FMatrixRMaj>();
        architecture.tensors().forEach((name, shape) -> {
            var tensor = new FMatrixRMaj(shape.rows(), shape.columns());
            for (int i = 0; i < shape.size(); i++) {
                tensor.data[i] = (float) (deviation * random.nextGaussian());
            }
            if (name.equals("head.out.bias")) {
                for (int i = 0; i < shape.size(); i++) {
                    tensor.data[i] = LEVELS[i % LEVELS.length] - 0.5f;
                }
            }
            tensors.put(name, tensor);
        });
        return new Network(architecture, tensors);
    }

    /** The default settings with the mixture on or off. */
    public static ForecasterSettings settings(boolean mixture) {
        var usual = ForecasterSettings.DEFAULT;
        return new ForecasterSettings(
                usual.ring(),
                usual.forecastEvery(),
                usual.valueLimit(),
                usual.violationLimit(),
                usual.output().withMixture(mixture),
                usual.detector());
    }
}
