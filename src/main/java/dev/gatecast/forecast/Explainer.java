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

    public Explainer(Model model) {
        recipe = model.recipe();
        spec = recipe.spec();
        encoder = new Encoder(spec);
        median = recipe.level(0.5);
    }

    /** How many recent values it needs: those that the head sees, and two. */
    public int least() {
        return Math.max(2, spec.windows().profile());
    }

    /**
     * Explains the forecast after the newest value.
     *
     * @param values recent values in the entity's units, oldest first, at least {@link #least()}. Not modified.
     * @param time time of the newest, milliseconds since the epoch
     * @param horizon steps ahead, from 1
     * @throws IllegalArgumentException if there are too few values or no such horizon
     */
    public Explanation explain(float[] values, long time, int horizon) {
        if (values.length < least()) {
            throw new IllegalArgumentException(
                    "recent values: expected at least " + least() + ", got " + values.length);
        }
        if (horizon < 1 || horizon > recipe.horizons()) {
            throw new IllegalArgumentException("horizon: expected 1 to " + recipe.horizons() + ", got " + horizon);
        }
        var ring = new Ring(spec.windows().ring());
        ring.fit(spec.transform(), spec.windows().ring());
        for (var value : values) {
            ring.push(value);
        }
        int steps = Math.min(STEPS, ring.size() - 1);
        var encoded = new Encoded(spec);
        var seen = new ArrayList<Seen>();
        for (var network : recipe.networks()) {
            seen.add(seen(network, ring, time, steps, encoded));
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
        for (int i = 1; i <= ring.size(); i++) {
            int back = ring.size() - i;
            encoder.encodeAt(ring, back, i, time - back * spec.cadence(), encoded);
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
        var effects = new TreeMap<String, Double>();
        var names = spec.inputNames();
        for (int n = 0; n < seen.size(); n++) {
            for (int point = 0; point < slopes.length; point++) {
                var path = paths.get(n)[point];
                var what = seen.get(n);
                for (int i = 0; i < what.x().length; i++) {
                    add(effects, names.get(i % names.size()), slopes[point] * path.x()[i] * what.x()[i]);
                }
                for (int i = 0; i < what.profile().length; i++) {
                    int back = what.profile().length - 1 - i;
                    add(effects, recent(back), slopes[point] * path.profile()[i] * what.profile()[i]);
                }
                for (int i = 0; i < what.extras().length; i++) {
                    var name = names.get(names.size() - what.extras().length + i);
                    add(effects, name, slopes[point] * path.extras()[i] * what.extras()[i]);
                }
            }
        }
        return effects;
    }

    /** The group of a value that the head sees. */
    private String recent(int back) {
        int season = spec.seasons().shorter();
        if (back == 0) {
            return "newest value";
        }
        return season == 0 || back < season ? "values of the last season" : "values of earlier seasons";
    }

    private static void add(TreeMap<String, Double> effects, String name, double effect) {
        effects.merge(name, effect, Double::sum);
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
