package dev.gatecast.forecast;

import dev.gatecast.event.Forecast.Directions;
import dev.gatecast.feature.Elapsed;
import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Encoder;
import dev.gatecast.feature.Ring;
import dev.gatecast.model.DirectedOutput;
import dev.gatecast.model.LinearForecast;
import dev.gatecast.model.Network;
import dev.gatecast.model.Output;
import dev.gatecast.score.Widths;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One model made ready for one thread: its encoder, its networks and the scratch they write into. */
final class Kernel {
    private static final float LEAST_DEVIATION = 0.1f;

    final Model model;
    final Encoder encoder;
    final Encoded encoded;
    final float[] hidden; // (networks * state), the next state until it is accepted
    final float[] out; // (horizons * levels), scaled
    final Bands bands;
    final Widths widths;
    final Limits limits;
    final @Nullable Mixture mixture; // null where it is off
    final YoungForecast young;
    final @Nullable Handover handover; // null where the mixture is off

    private final float[] points; // (horizons), medians before the mixture
    private final float[] mixed; // (horizons), the same after it
    private final double[] ends; // (2 * horizons), both, scaled
    private final float[] linear; // (horizons), scaled, then in the entity's units
    private final float[] netLinear; // (horizons)
    private final @Nullable LinearForecast expert; // null: the networks' own linear paths stand for it
    private final float[] recent; // (values of the expert)
    private final float[][] told; // (1, horizons), the expert's
    private final List<Network> networks;
    private final List<Network.Scratch> scratches; // one each
    private final float[] netHidden; // (state)
    private final float[] netNumbers; // (horizons * width)
    private final float[] netOut; // (horizons * levels)
    private final Output.Fan fan;
    private final @Nullable DirectedOutput directed;
    private final float[] probabilities; // (horizons * 3), or none
    private final TickFields fields;
    private final int derived; // fields that nobody sends: 1 for the time since the last tick, else 0
    private final double[] values; // (1 + fields)
    private @Nullable Explainer explainer; // made at the first question

    Kernel(Model model, ForecasterSettings.Output output, TickFields fields) {
        this.model = model;
        this.fields = fields.seenBy(model);
        derived = this.fields.names().size() - fields.names().size();
        values = new double[1 + this.fields.names().size()];
        var recipe = model.recipe();
        encoder = encoder(model, fields);
        encoded = new Encoded(recipe.spec());
        networks = recipe.networks();
        scratches = networks.stream().map(Network::newScratch).toList();
        hidden = new float[recipe.hidden()];
        netHidden = new float[recipe.hidden() / networks.size()];
        out = new float[recipe.horizons() * recipe.levels().length];
        var head = networks.get(0).architecture().head();
        netNumbers = new float[head.outputs()];
        netOut = new float[out.length];
        fan = head.output().fan(recipe.levels());
        directed = head.output() instanceof DirectedOutput both ? both : null;
        probabilities = new float[directed == null ? 0 : recipe.horizons() * Directions.CLASSES];
        bands = new Bands(recipe);
        widths = new Widths(
                recipe.horizons(), recipe.levels(), recipe.correction().widths(), output.widthPace());
        limits = Limits.of(recipe.correction(), output);
        mixture = output.mixture() ? new Mixture(recipe, encoder, head.profile() > 0) : null;
        young = YoungForecast.of(recipe);
        handover = output.mixture() ? new Handover(recipe, young, widths, bands, limits) : null;
        points = new float[recipe.horizons()];
        mixed = new float[recipe.horizons()];
        ends = new double[2 * recipe.horizons()];
        linear = new float[recipe.horizons()];
        netLinear = new float[recipe.horizons()];
        expert = mixture == null ? null : recipe.linear();
        recent = new float[expert == null ? 0 : expert.values()];
        told = new float[1][recipe.horizons()];
    }

    static Encoder encoder(Model model, TickFields fields) {
        try {
            return new Encoder(model.recipe().spec(), fields.seenBy(model).names(), fields.ahead());
        } catch (IllegalArgumentException e) {
            throw new UnfitModel(model, String.valueOf(e.getMessage()));
        }
    }

    /** Says what moved this model's forecasts. */
    Explainer explainer() {
        if (explainer == null) {
            explainer = new Explainer(model, fields);
        }
        return explainer;
    }

    /** What the model's entities remember of a tick beside the target. */
    TickFields fields() {
        return fields;
    }

    /**
     * A tick's values with those that nobody sends.
     *
     * @param present those whose past is remembered
     * @param time of the tick
     * @param last time of the entity's last tick, Long.MIN_VALUE where there is none
     * @return valid until the next call
     */
    double[] values(double[] present, long time, long last) {
        if (derived == 0) {
            return present;
        }
        int sent = values.length - 1;
        Arrays.fill(values, Double.NaN);
        System.arraycopy(present, 0, values, 0, Math.min(sent, present.length));
        values[sent] = last == Long.MIN_VALUE ? Double.NaN : Elapsed.of(time - last);
        return values;
    }

    /** Makes a ring fit the model: its transform, and room for what it looks at. {@code ring} Modified. */
    void fit(Ring ring) {
        ring.fit(encoder.spec().transform(), encoder.spec().windows().ring());
    }

    /**
     * The state that a model gives an entity from its recent values alone: a run from the network's start over all of the
     * ring but the newest value.
     *
     * @param ring fitted to the model. Not modified.
     * @param time time of the newest value
     */
    void prime(Ring ring, long time) {
        for (int n = 0; n < networks.size(); n++) {
            networks.get(n).start(hidden, n * netHidden.length);
        }
        int size = Math.min(ring.size(), encoder.spec().windows().ring());
        var times = encoder.times(ring, size, time);
        for (int i = 1; i < size; i++) {
            encoder.encodeAt(ring, size - i, i, times[i - 1], encoded);
            stepAll();
        }
    }

    /** Advances {@link #hidden} by the newest value. */
    void step(Ring ring, long time) {
        encoder.encode(ring, time, encoded);
        stepAll();
    }

    /** Makes the scaled forecast of the newest value from {@code state}, averaged over the networks and ordered. */
    void head(Ring ring, float[] state) {
        encoder.profile(ring, encoded);
        Arrays.fill(out, 0f);
        Arrays.fill(linear, 0f);
        Arrays.fill(probabilities, 0f);
        for (int n = 0; n < networks.size(); n++) {
            System.arraycopy(state, n * netHidden.length, netHidden, 0, netHidden.length);
            networks.get(n).embed(encoded.category(), encoded.inputs(), encoded.extras());
            networks.get(n).head(netHidden, encoded.profile(), encoded.extras(), netNumbers, scratches.get(n));
            fan.quantiles(netNumbers, netOut);
            if (directed != null) {
                directed.addProbabilities(netNumbers, probabilities);
            }
            sortEachHorizon(netOut);
            for (int i = 0; i < out.length; i++) {
                out[i] += netOut[i];
            }
            addLinear(n);
        }
        float count = networks.size();
        for (int i = 0; i < out.length; i++) {
            out[i] /= count;
        }
        askExpert(ring);
        Encoder.byLocalTime(out, bands.levels(), encoded);
        Encoder.byLocalTime(linear, 1, encoded);
        if (directed != null) {
            Encoder.byLocalTime(probabilities, Directions.CLASSES, encoded);
        }
    }

    private void askExpert(Ring ring) {
        if (expert != null && ring.size() >= recent.length) {
            encoder.recent(ring, encoded, recent);
            expert.forecast(recent, told);
            System.arraycopy(told[0], 0, linear, 0, linear.length);
        }
    }

    private void addLinear(int network) {
        if (mixture != null) {
            networks.get(network).linear(scratches.get(network), netLinear);
            for (int h = 0; h < linear.length; h++) {
                linear[h] += netLinear[h] / networks.size();
            }
        }
    }

    /**
     * Moves the scaled quantiles of the last {@link #head} to the mixture of the experts: where the scale lies, as a
     * count's lower quantiles may be below 0 there, and stay it.
     *
     * @param state Not modified.
     * @param values scaled, (horizons * levels). Modified.
     */
    void mix(EntityState state, float[] values) {
        if (mixture == null) {
            return;
        }
        int levels = bands.levels();
        for (int h = 0; h < points.length; h++) {
            points[h] = values[h * levels + bands.median];
        }
        encoder.unscale(points, encoded);
        encoder.unscale(linear, encoded);
        System.arraycopy(points, 0, mixed, 0, mixed.length);
        mixture.apply(state.mixture, state.ring, state.lastTime, linear, mixed);
        for (int h = 0; h < points.length; h++) {
            ends[h] = points[h];
            ends[points.length + h] = mixed[h];
        }
        encoder.rescale(ends, encoded);
        for (int h = 0; h < points.length; h++) {
            if (mixed[h] != points[h]) {
                float shift = (float) ends[points.length + h] - (float) ends[h];
                for (int q = h * levels; q < (h + 1) * levels; q++) {
                    values[q] += shift;
                }
            }
        }
    }

    /** Judges the experts by the newest value, which is of {@code time}. {@code state} Modified. */
    void settleMixture(EntityState state, long time) {
        if (mixture != null) {
            mixture.settle(state.mixture, state.ring, time);
        }
        if (handover != null) {
            handover.settle(state.handover, state.ring.raw(0));
        }
    }

    /** Keeps of a new entity's handover what waits for the next value; it begins with ticks the model was not fitted to. {@code state} Modified. */
    void endHandover(EntityState state, boolean young) {
        if (handover == null) {
            state.handover.begin(false);
        } else if (young) {
            state.handover.begin(judges(state.lastTime));
        } else {
            handover.remember(state, leastDeviation());
        }
    }

    /** What calibration learns from: the model's part of a forecast. */
    float[] own(float[] values) {
        return handover == null ? values : handover.own(values);
    }

    /** Gives the state's mixture the form of this model, or none where it is off. {@code state} Modified. */
    void adoptMixture(EntityState state, boolean anew) {
        if (mixture == null) {
            state.mixture.clear();
        } else if (anew || !mixture.suits(state.mixture)) {
            mixture.adopt(state.mixture);
        }
    }

    /** Ends a row of the mixture, with the last forecast or without one. {@code state} Modified. */
    void endMixture(EntityState state, boolean forecast) {
        if (mixture != null && forecast) {
            mixture.remember(state.mixture, points, linear);
        } else if (mixture != null) {
            mixture.skip(state.mixture);
        }
    }

    /** Where the value moves after the last {@link #head}, or null where the model does not say. */
    @Nullable Directions directions() {
        if (directed == null) {
            return null;
        }
        var shares = probabilities.clone();
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= networks.size();
        }
        float newest = encoded.profile()[encoded.profile().length - 1];
        float below = encoder.unscaled(newest + directed.direction().down(), encoded);
        float above = encoder.unscaled(newest + directed.direction().up(), encoded);
        return new Directions(below, above, shares);
    }

    /**
     * The least predictive deviation that a residual is measured in, in the entity's units: a tenth of the recent
     * values' deviation. A forecast may be surer than that, but one departure at night instead of none is no incident.
     */
    float leastDeviation() {
        return LEAST_DEVIATION * (encoder.unscaled(1f, encoded) - encoder.unscaled(0f, encoded));
    }

    /** Whether a tick tells something of how far forecasts miss: the model was not fitted to it. */
    boolean judges(long time) {
        return time >= model.recipe().correction().from();
    }

    /** Whether every hidden value is one that the cell can have. */
    boolean soundHidden() {
        for (int n = 0; n < networks.size(); n++) {
            if (!networks.get(n).isSound(hidden, n * netHidden.length)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every forecast value is finite and each horizon's quantiles ascend. */
    boolean soundForecast() {
        int levels = bands.levels();
        boolean sound = true;
        for (int from = 0; from < out.length; from += levels) {
            sound &= Float.isFinite(out[from]) && Float.isFinite(out[from + levels - 1]);
            sound &= ascends(out, from, from + levels); // no NaN does, so those between the ends are finite too
        }
        return sound;
    }

    private void stepAll() {
        for (int n = 0; n < networks.size(); n++) {
            System.arraycopy(hidden, n * netHidden.length, netHidden, 0, netHidden.length);
            networks.get(n).embed(encoded.category(), encoded.inputs(), encoded.extras());
            networks.get(n).step(encoded.inputs(), netHidden, scratches.get(n));
            System.arraycopy(netHidden, 0, hidden, n * netHidden.length, netHidden.length);
        }
    }

    private void sortEachHorizon(float[] values) {
        int levels = bands.levels();
        for (int from = 0; from < values.length; from += levels) {
            if (!ascends(values, from, from + levels)) {
                sort(values, from, from + levels);
            }
        }
    }

    /** Without a branch at each number, as which of them are out of order cannot be foreseen. */
    private static boolean ascends(float[] values, int from, int to) {
        boolean ascends = true;
        for (int i = from + 1; i < to; i++) {
            ascends &= values[i - 1] <= values[i];
        }
        return ascends;
    }

    /** Insertion sort: the quantiles are nearly ordered. {@code values} Modified from {@code from} to {@code to}. */
    private static void sort(float[] values, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            float value = values[i];
            int j = i - 1;
            for (; j >= from && values[j] > value; j--) {
                values[j + 1] = values[j];
            }
            values[j + 1] = value;
        }
    }
}
