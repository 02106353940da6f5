package dev.gatecast.trainer;

import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Encoder;
import dev.gatecast.forecast.Correction;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Network;
import dev.gatecast.model.Output;
import dev.gatecast.trainer.Prepared.Entity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures on the rows that select by how much a recipe's quantiles lie too near to the median or too far from it:
 * split-conformal factors by band, the two levels as far from the median as one another, and group of horizons, pooled over
 * the entities. By level alone they would take a drift of these few days for the shape of the errors. They only ever widen:
 * these rows chose the model, so it looks better on them than it is, and on M4 and the airports narrowing cost coverage on
 * later data.
 *
 * <p>Distances are compared before the inverse of the transform, where a count's lower quantiles may lie below 0: there
 * are no ties. A 0 counts as no lower than the lowest quantile that is not emitted as 0.
 */
final class Calibration {
    /** Forecasts that are looked at, about. */
    private static final int MOST_FORECASTS = 6_000;

    /** Steps from a zero state before the first forecast. */
    private static final int PRIMING = 168;

    private final Recipe recipe;
    private final Prepared data;
    private final boolean counted; // whether no value is below 0, the least of what is emitted
    private final int[] groups;
    private final List<List<double[]>> ratios = new ArrayList<>(); // (groups)(samples)(levels)
    private final Encoded encoded;
    private final List<Network.Scratch> scratches;
    private final float[][] hidden; // (networks)(hidden)
    private final float[] out; // (horizons * levels)
    private final float[] one; // of one network
    private final float[] numbers; // of its head, (horizons * width)
    private final Output.Fan fan;

    private Calibration(Recipe recipe, Prepared data, boolean counted) {
        this.recipe = recipe;
        this.data = data;
        this.counted = counted;
        groups = Correction.groups(recipe.horizons());
        for (int g = 0; g < groups.length; g++) {
            ratios.add(new ArrayList<>());
        }
        encoded = new Encoded(recipe.spec());
        scratches = recipe.networks().stream().map(Network::newScratch).toList();
        hidden = new float[scratches.size()][recipe.hidden() / scratches.size()];
        out = new float[recipe.horizons() * recipe.levels().length];
        one = new float[out.length];
        var head = recipe.networks().get(0).architecture().head();
        numbers = new float[head.outputs()];
        fan = head.output().fan(recipe.levels());
    }

    /** The recipe with its correction. {@code prepared} with the recipe's features. */
    static Recipe corrected(Recipe recipe, TrainingData data, Prepared prepared) {
        boolean counted = data.least() >= 0;
        var calibration = new Calibration(recipe, prepared, counted);
        calibration.run();
        double least = counted ? 0 : Double.NEGATIVE_INFINITY;
        return recipe.with(new Correction(data.fitUntil(), calibration.factors(), least));
    }

    private void run() {
        long origins = data.entities().stream()
                .mapToLong(entity -> Math.max(0, origins(entity)))
                .sum();
        int thinning = (int) Math.max(1, origins / MOST_FORECASTS);
        int stride = Math.min(thinning, recipe.horizons());
        int every = Math.max(1, thinning / stride);
        for (int i = 0; i < data.entities().size(); i += every) {
            run(data.entities().get(i), stride);
        }
    }

    private int first(Entity entity) {
        return Math.max(entity.past().fitEnd(), entity.firstEnd(data.profile()));
    }

    private int origins(Entity entity) {
        return entity.past().selectEnd() - recipe.horizons() - first(entity) + 1;
    }

    private void run(Entity entity, int stride) {
        for (var state : hidden) {
            Arrays.fill(state, 0f);
        }
        int first = first(entity);
        int last = first + origins(entity) - 1;
        for (int end = Math.max(1, first - PRIMING); end <= last; end++) {
            data.encoder().encodeAt(entity.columns(), end, end, entity.past().times()[end - 1], encoded);
            for (int n = 0; n < hidden.length; n++) {
                recipe.networks().get(n).embed(encoded.category(), encoded.inputs(), encoded.extras());
                recipe.networks().get(n).step(encoded.inputs(), hidden[n], scratches.get(n));
            }
            if (end >= first && (end - first) % stride == 0) {
                forecast(entity, end);
            }
        }
    }

    private void forecast(Entity entity, int end) {
        data.encoder().profileAt(entity.columns(), end, end, encoded);
        Arrays.fill(out, 0f);
        int levels = recipe.levels().length;
        for (int n = 0; n < hidden.length; n++) {
            recipe.networks().get(n).embed(encoded.category(), encoded.inputs(), encoded.extras());
            recipe.networks().get(n).head(hidden[n], encoded.profile(), encoded.extras(), numbers, scratches.get(n));
            fan.quantiles(numbers, one);
            for (int i = 0; i < out.length; i++) {
                if (i % levels == 0) {
                    Arrays.sort(one, i, i + levels);
                }
                out[i] += one[i] / hidden.length;
            }
        }
        int group = 0;
        for (int h = 0; h < recipe.horizons(); h++) {
            group = h >= groups[group] ? group + 1 : group;
            if (!entity.past().guessed(end + h)) {
                float truth = Encoder.scaled(entity.u()[end + h], encoded);
                ratios.get(group).add(ratios(h * levels, raised(truth, h * levels)));
            }
        }
    }

    /** A truth as near to the median as what would be emitted as the least value: a 0 is not below a quantile that means it. */
    private double raised(double truth, int at) {
        double middle = out[at + recipe.level(0.5)];
        if (!counted || truth >= middle) {
            return truth;
        }
        float highest = data.encoder().unscaled(out[at + recipe.levels().length - 1], encoded);
        float near = recipe.spec().transform().forward(Correction.near(0, highest));
        return Math.max(truth, Math.min(middle, Encoder.scaled(near, encoded)));
    }

    /** How many times the distance of each quantile from the median the truth lies out on its side, (levels). */
    private double[] ratios(int at, double truth) {
        var all = new double[recipe.levels().length];
        int middle = recipe.level(0.5);
        double away = truth - out[at + middle];
        for (int k = 0; k < all.length; k++) {
            double distance = out[at + k] - out[at + middle];
            double side = away * (k - middle);
            all[k] = distance != 0 ? away / distance : side > 0 ? Double.POSITIVE_INFINITY : side < 0 ? -1 : 0;
        }
        return all;
    }

    private float[] factors() {
        int levels = recipe.levels().length;
        var factors = new float[groups.length * levels];
        Arrays.fill(factors, 1f);
        for (int g = 0; g < groups.length; g++) {
            for (int k = 0; k < levels && !ratios.get(g).isEmpty(); k++) {
                double level = recipe.levels()[k];
                if (level != 0.5) {
                    int other = recipe.level(1 - level);
                    double within = Math.abs(recipe.levels()[other] - level);
                    factors[g * levels + k] = widening(ratios.get(g), k, other, within);
                }
            }
        }
        return factors;
    }

    /** So that the band between two levels holds the share {@code within} of the truths; 1 where it holds more. */
    private static float widening(List<double[]> samples, int k, int other, double within) {
        var sorted = samples.stream()
                .mapToDouble(sample -> Math.max(sample[k], sample[other]))
                .sorted()
                .toArray();
        double factor = sorted[(int) Math.min(sorted.length - 1, within * (sorted.length + 1))];
        return Math.max(1, Correction.bounded(factor));
    }
}
