package dev.gatecast.forecast;

import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Encoder;
import dev.gatecast.feature.Ring;
import dev.gatecast.model.Network;
import dev.gatecast.model.Output;
import dev.gatecast.score.Widths;
import java.util.Arrays;
import java.util.List;

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

    private final List<Network> networks;
    private final List<Network.Scratch> scratches; // one each
    private final float[] netHidden; // (state)
    private final float[] netNumbers; // (horizons * width)
    private final float[] netOut; // (horizons * levels)
    private final Output.Fan fan;

    Kernel(Model model, ForecasterSettings.Output output) {
        this.model = model;
        var recipe = model.recipe();
        encoder = new Encoder(recipe.spec());
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
        bands = new Bands(recipe);
        widths = new Widths(
                recipe.horizons(), recipe.levels(), recipe.correction().widths(), output.widthPace());
        limits = Limits.of(recipe.correction(), output);
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
        for (int i = 1; i < size; i++) {
            encoder.encodeAt(
                    ring, size - i, i, time - (size - i) * encoder.spec().cadence(), encoded);
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
        for (int n = 0; n < networks.size(); n++) {
            System.arraycopy(state, n * netHidden.length, netHidden, 0, netHidden.length);
            networks.get(n).head(netHidden, encoded.profile(), encoded.extras(), netNumbers, scratches.get(n));
            fan.quantiles(netNumbers, netOut);
            sortEachHorizon(netOut);
            for (int i = 0; i < out.length; i++) {
                out[i] += netOut[i];
            }
        }
        for (int i = 0; i < out.length; i++) {
            out[i] /= networks.size();
        }
    }

    /**
     * The least predictive deviation that a residual is measured in, in the entity's units: a tenth of the recent
     * values' deviation. A forecast may be surer than that, but one departure at night instead of none is no incident.
     */
    float leastDeviation() {
        return LEAST_DEVIATION * (encoder.unscaled(1f, encoded) - encoder.unscaled(0f, encoded));
    }

    /** Whether a tick tells something of the forecasts' errors: the model was not fitted to it. */
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
        for (int i = 0; i < out.length; i++) {
            if (!Float.isFinite(out[i]) || (i % levels > 0 && out[i] < out[i - 1])) {
                return false;
            }
        }
        return true;
    }

    private void stepAll() {
        for (int n = 0; n < networks.size(); n++) {
            System.arraycopy(hidden, n * netHidden.length, netHidden, 0, netHidden.length);
            networks.get(n).step(encoded.inputs(), netHidden, scratches.get(n));
            System.arraycopy(netHidden, 0, hidden, n * netHidden.length, netHidden.length);
        }
    }

    /** Insertion sort of each horizon: the quantiles are nearly ordered. */
    private void sortEachHorizon(float[] values) {
        int levels = bands.levels();
        for (int from = 0; from < values.length; from += levels) {
            for (int i = from + 1; i < from + levels; i++) {
                float value = values[i];
                int j = i - 1;
                for (; j >= from && values[j] > value; j--) {
                    values[j + 1] = values[j];
                }
                values[j + 1] = value;
            }
        }
    }
}
