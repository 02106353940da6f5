package dev.gatecast.forecast;

import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Encoder;
import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Ring;
import dev.gatecast.model.Network;
import dev.gatecast.model.PathGradient;
import dev.gatecast.model.PathGradient.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Says which inputs moved a model's forecast, by integrated gradients through the last steps. Belongs to one thread; made for
 * a question now and then, not for every tick.
 *
 * <p>The hidden state is rebuilt from the recent values, as when an entity re-primes. Everything that the model saw in the
 * last {@link #STEPS} steps is then moved from 0, the level in model units, to what it was, in {@link PathGradient#POINTS}
 * equal moves; each input's effect is the sum of its gradient times its move, taken through the transform into the
 * entity's units.
 */
public final class Explainer {
    /** Steps that are looked back through, where there are as many values. */
    public static final int STEPS = 48;

    private final Recipe recipe;
    private final FeatureSpec spec;
    private final Encoder encoder;
    private final int median;

    /** An explainer of ticks with a target alone. */
    public Explainer(Model model) {
        this(model, TickFields.NONE);
    }

    /**
     * An explainer.
     *
     * @param fields the names of the ticks' values after the first
     * @throws UnfitModel if the model needs a field that the ticks do not have
     */
    public Explainer(Model model, TickFields fields) {
        recipe = model.recipe();
        spec = recipe.spec();
        encoder = Kernel.encoder(model, fields);
        median = recipe.level(0.5);
    }

    /** How many recent values it needs: those that the head sees, and two. */
    public int least() {
        return Math.max(2, spec.windows().profile());
    }

    /**
     * Explains the forecast after the newest value.
     *
     * @param recent the last ticks, at least {@link #least()}. Not modified.
     * @param horizon steps ahead, from 1
     * @throws IllegalArgumentException if there are too few values or no such horizon
     */
    public Explanation explain(Recent recent, int horizon) {
        var values = recent.values();
        if (values.length < least()) {
            throw new IllegalArgumentException(
                    "recent values: expected at least " + least() + ", got " + values.length);
        }
        if (horizon < 1 || horizon > recipe.horizons()) {
            throw new IllegalArgumentException("horizon: expected 1 to " + recipe.horizons() + ", got " + horizon);
        }
        var ring = new Ring(spec.windows().ring());
        ring.fit(spec.transform(), spec.windows().ring());
        ring.refield(recent.fields().length);
        ring.foresee(recent.ahead());
        ring.describe(recent.traits());
        for (int i = 0; i < values.length; i++) {
            ring.push(recent.tick(i));
        }
        int steps = Math.min(STEPS, ring.size() - 1);
        var encoded = new Encoded(spec);
        var seen = new ArrayList<Seen>();
        for (var network : recipe.networks()) {
            seen.add(seen(network, ring, recent.lastTime(), steps, encoded));
        }
        return explanation(seen, steps, horizon, encoded);
    }

    /** Runs a network over the ring; leaves the scale of the newest value in {@code encoded}, Modified. */
    private Seen seen(Network network, Ring ring, long time, int steps, Encoded encoded) {
        var hidden = new float[network.architecture().stateSize()];
        network.start(hidden, 0);
        var before = hidden.clone();
        var x = new float[steps * spec.inputs()];
        var scratch = network.newScratch();
        var times = encoder.times(ring, ring.size(), time);
        for (int i = 1; i <= ring.size(); i++) {
            int back = ring.size() - i;
            encoder.encodeAt(ring, back, i, times[i - 1], encoded);
            network.embed(encoded.category(), encoded.inputs(), encoded.extras());
            if (back < steps) {
                System.arraycopy(encoded.inputs(), 0, x, (steps - 1 - back) * spec.inputs(), spec.inputs());
            }
            network.step(encoded.inputs(), hidden, scratch);
            if (back == steps) {
                before = hidden.clone();
            }
        }
        encoder.profile(ring, encoded);
        return new Seen(x, before, encoded.profile().clone(), encoded.extras().clone());
    }

    private Explanation explanation(List<Seen> seen, int steps, int horizon, Encoded at) {
        var slopes = new double[PathGradient.POINTS];
        var paths = new ArrayList<PathGradient.Point[]>();
        double first = 0;
        double last = 0;
        for (int n = 0; n < seen.size(); n++) {
            var gradient = new PathGradient(recipe.networks().get(n), steps);
            int output = gradient.ranked(seen.get(n), horizon - 1, median);
            paths.add(gradient.along(seen.get(n), output));
            first += gradient.value(seen.get(n), 0, output) / seen.size();
            last += gradient.value(seen.get(n), 1, output) / seen.size();
        }
        for (int point = 0; point < slopes.length; point++) {
            double value = 0;
            for (var path : paths) {
                value += path[point].value() / (double) seen.size();
            }
            slopes[point] = slope(at.level() + at.spread() * value) * at.spread() / slopes.length / seen.size();
        }
        float forecast = encoder.unscaled((float) last, at);
        float level = encoder.unscaled((float) first, at);
        return finished(horizon, forecast, level, effects(seen, paths, slopes));
    }

    /** Sums by name, in the order of the names. */
    private TreeMap<String, Double> effects(List<Seen> seen, List<PathGradient.Point[]> paths, double[] slopes) {
        var names = spec.inputNames();
        var inputs = new double[names.size()];
        var future = spec.futureNames();
        var recent = new double[spec.profile()];
        for (int n = 0; n < seen.size(); n++) {
            for (int point = 0; point < slopes.length; point++) {
                var path = paths.get(n)[point];
                var what = seen.get(n);
                add(inputs, 0, slopes[point], path.x(), what.x());
                add(recent, 0, slopes[point], path.profile(), what.profile());
                add(inputs, inputs.length - what.extras().length, slopes[point], path.extras(), what.extras());
            }
        }
        var effects = new TreeMap<String, Double>();
        for (int i = 0; i < inputs.length; i++) {
            effects.merge(names.get(i), inputs[i], Double::sum);
        }
        for (int i = 0; i < recent.length; i++) {
            var name = i < future.size() ? future.get(i) : recent(recent.length - 1 - i);
            effects.merge(name, recent[i], Double::sum);
        }
        return effects;
    }

    /** Adds each gradient times its move to the sums from {@code first} on, over and over. {@code sums} Modified. */
    private static void add(double[] sums, int first, double slope, float[] gradient, float[] move) {
        for (int i = 0, at = first; i < move.length; i++, at = at + 1 == sums.length ? first : at + 1) {
            sums[at] += slope * gradient[i] * move[i];
        }
    }

    /** The group of a value that the head sees. */
    private String recent(int back) {
        int season = spec.seasons().shorter();
        if (back == 0) {
            return "newest value";
        }
        return season == 0 || back < season ? "values of the last season" : "values of earlier seasons";
    }

    private static Explanation finished(int horizon, float forecast, float level, TreeMap<String, Double> effects) {
        double rest = (double) forecast - level;
        var drivers = new ArrayList<Explanation.Driver>();
        for (var effect : effects.entrySet()) {
            rest -= effect.getValue();
            drivers.add(
                    new Explanation.Driver(effect.getKey(), effect.getValue().floatValue()));
        }
        drivers.sort(Comparator.comparingDouble(driver -> -Math.abs(driver.effect())));
        return new Explanation(horizon, forecast, level, drivers, (float) rest);
    }

    /** Of the transform's inverse. */
    private double slope(double transformed) {
        return switch (spec.transform()) {
            case IDENTITY -> 1;
            case LOG -> spec.transform().inverse(transformed);
            case SQRT -> 2 * Math.max(transformed, 0);
        };
    }
}
