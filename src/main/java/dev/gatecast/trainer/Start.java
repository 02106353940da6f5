package dev.gatecast.trainer;

import dev.gatecast.feature.Context;
import dev.gatecast.feature.Elapsed;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Recipe;
import dev.gatecast.model.Architecture;
import dev.gatecast.model.Network;
import dev.gatecast.model.Output;
import dev.gatecast.model.Parameters;
import dev.gatecast.model.QuantileOutput;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a training starts under one transform: the linear model in closed form, inside a network that adds nothing to it
 * yet, with quantiles as wide as the linear model misses; or a champion.
 *
 * @param settings of the training
 * @param data under the transform
 * @param selection of networks on it
 * @param linear where it starts from nothing
 * @param champion where it goes on from one
 */
record Start(TrainerSettings settings, Prepared data, Selection selection, Linear linear, Optional<Recipe> champion) {
    /** The spread of the data may have changed by this factor since the champion's training. */
    private static final double LIKE = 1.25;

    /**
     * The start from nothing.
     *
     * @param model the linear model
     * @param quantiles its misses, scaled, (horizons * levels)
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Linear(LinearStart model, float[] quantiles) {}

    /** From nothing. */
    static Start of(TrainingData data, TrainerSettings settings, Transform transform) {
        var prepared = Prepared.of(data, settings, transform);
        return of(prepared, settings, LinearStart.of(prepared));
    }

    /** The start of a part of the data, its linear model under the same transform, penalty and prior. */
    Start like(TrainingData part) {
        var prepared = Prepared.of(part, settings, data.spec().transform());
        return of(prepared, settings, linear.model.like(prepared));
    }

    private static Start of(Prepared prepared, TrainerSettings settings, LinearStart model) {
        var levels = settings.target().levels();
        var linear = new Linear(model, model.missed(prepared, levels));
        return new Start(settings, prepared, new Selection(prepared, levels), linear, Optional.empty());
    }

    /** Whether training can go on from a champion: the same shapes, and features that still suit the data. */
    boolean suits(Recipe other) {
        return other.networks().size() == settings.sizes().networks()
                && other.networks().get(0).architecture().equals(architecture())
                && Arrays.equals(other.levels(), settings.target().levels())
                && like(other.spec(), data.spec());
    }

    /** The same from a champion, with its features. */
    Start from(Recipe other, TrainingData whole) {
        var prepared = Prepared.as(whole, other.spec(), data.horizons());
        return new Start(settings, prepared, new Selection(prepared, other.levels()), linear, Optional.of(other));
    }

    /** From nothing under other settings of the network. */
    Start with(TrainerSettings others) {
        return new Start(others, data, selection, linear, Optional.empty());
    }

    Architecture architecture() {
        return architecture(data, settings);
    }

    /** What a network looks like that is trained on such data. */
    static Architecture architecture(Prepared data, TrainerSettings settings) {
        var sizes = settings.sizes();
        var spec = data.spec();
        var head = new Architecture.Head(data.seen(), spec.extras(), sizes.units(), data.horizons(), output(settings));
        var core = sizes.core();
        return new Architecture(
                core.cell(),
                spec.inputs(),
                core.hidden(),
                core.layers(),
                head,
                core.options(elapsed(spec, settings), spec.context().categories()));
    }

    private static int elapsed(FeatureSpec spec, TrainerSettings settings) {
        if (!settings.descent().weights().decay()) {
            return Architecture.Options.NO_DECAY;
        }
        int input = spec.inputNames().indexOf(Context.inputName(Elapsed.NAME));
        if (input < 0) {
            throw new UnusableHistory(
                    "the state can only decay with the time since the last tick where that time varies and"
                            + " there is no cadence: set cadence=none, or train.state.decay=false");
        }
        return input;
    }

    private static Output output(TrainerSettings settings) {
        var levels = settings.target().levels().length;
        return settings.sizes().output().orElseGet(() -> new QuantileOutput(levels));
    }

    /**
     * The weights that one of the networks starts from.
     *
     * @param number of the network, from 0
     * @param seed decides those that have no part in the linear start's forecasts
     */
    Parameters weights(int number, long seed) {
        return champion.map(recipe -> Parameters.of(recipe.networks().get(number)))
                .orElseGet(
                        () -> linearWeights(seed, settings.descent().weights().linearStart()));
    }

    /** The start as a network. */
    Network network() {
        return champion.map(recipe -> recipe.networks().get(0))
                .orElseGet(() -> linearWeights(settings.run().seed(), true).freeze());
    }

    private Parameters linearWeights(long seed, boolean linearStart) {
        var weights = Parameters.initial(
                architecture(),
                settings.target().levels(),
                seed,
                settings.descent().weights().initialiser());
        var skip = weights.values("head.skip.weight");
        var bias = weights.values("head.skip.bias");
        Arrays.fill(skip, 0);
        Arrays.fill(bias, 0);
        for (int h = 0; linearStart && h < data.horizons(); h++) {
            System.arraycopy(linear.model().weights()[h], 0, skip, h * data.seen(), data.seen());
            bias[h] = linear.model().bias()[h];
        }
        output(settings).fit(linear.quantiles(), settings.target().levels(), weights.values("head.out.bias"));
        return weights;
    }

    /** Equal but for the spreads, which may differ a little. */
    private static boolean like(FeatureSpec a, FeatureSpec b) {
        var asIf = new FeatureSpec(a.transform(), a.seasons(), a.windows(), a.cadence(), b.choice(), b.spread());
        double change = a.spread().training() / b.spread().training();
        return a.inputNames().equals(b.inputNames())
                && a.context().categories().equals(b.context().categories())
                && a.futureNames().equals(b.futureNames())
                && asIf.equals(b)
                && change < LIKE
                && change > 1 / LIKE;
    }
}
