package dev.gatecast.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** The slow, obvious twin: nested loops in double precision with StrictMath, from the equations. */
final class ReferenceNetwork {
    private final Architecture shape;
    private final Map<String, double[]> tensors;
    private double largest;

    ReferenceNetwork(Architecture shape, Map<String, double[]> tensors) {
        this.shape = shape;
        this.tensors = tensors;
    }

    /** The largest pre-activation of the last step, by size. */
    double largest() {
        return largest;
    }

    /** What a layer makes of the states below it before it reads them: dropout. */
    interface Between {
        double[] seen(int layer, double[] below);
    }

    /** The state before the first step. */
    double[] start() {
        var state = new double[shape.stateSize()];
        for (var layer = 0; layer < shape.layers() && shape.options().learnedStart(); layer++) {
            var values = weights("start_l" + layer);
            for (var i = 0; i < values.length; i++) {
                state[layer * values.length + i] = StrictMath.tanh(values[i]);
            }
        }
        return state;
    }

    /** One step. {@code h} Modified. */
    void step(double[] input, double[] h) {
        step(input, h, (layer, below) -> below);
    }

    void step(double[] input, double[] h, Between between) {
        largest = 0;
        var x = input;
        var width = shape.layerState();
        for (var layer = 0; layer < shape.layers(); layer++) {
            var before = decayed(layer, input, Arrays.copyOfRange(h, layer * width, (layer + 1) * width));
            var seen = layer == 0 ? x : between.seen(layer, x);
            var after =
                    switch (shape.cell()) {
                        case GRU -> gru(layer, seen, before);
                        case GRU_CLASSIC -> classic(layer, seen, before);
                        case LSTM -> lstm(layer, seen, before);
                        case RNN -> rnn(layer, seen, before);
                    };
            System.arraycopy(after, 0, h, layer * width, width);
            x = Arrays.copyOf(after, shape.hidden());
        }
        if (shape.options().memory() > 0) {
            var memory = shape.layers() * width;
            System.arraycopy(h, memory + x.length, h, memory, h.length - memory - x.length);
            System.arraycopy(x, 0, h, h.length - x.length, x.length);
        }
    }

    private double[] decayed(int layer, double[] input, double[] state) {
        if (shape.options().elapsed() >= 0) {
            for (var i = 0; i < state.length; i++) {
                var j = i % shape.hidden();
                var rate = weights("decay.weight_l" + layer)[j]
                                * input[shape.options().elapsed()]
                        + weights("decay.bias_l" + layer)[j];
                state[i] *= StrictMath.exp(-Math.max(0, rate));
            }
        }
        return state;
    }

    /** What the head sees: the top layer's h, or what attention makes of the last ones. */
    double[] seen(double[] state) {
        var hidden = shape.hidden();
        var top = (shape.layers() - 1) * shape.layerState();
        var h = Arrays.copyOfRange(state, top, top + hidden);
        if (shape.options().attention() == Attention.NONE) {
            return h;
        }
        var memory = new double[shape.options().memory()][];
        for (var k = 0; k < memory.length; k++) {
            var from = shape.layers() * shape.layerState() + k * hidden;
            memory[k] = Arrays.copyOfRange(state, from, from + hidden);
        }
        var both = Arrays.copyOf(context(h, memory), 2 * hidden);
        System.arraycopy(h, 0, both, hidden, hidden);
        var out = new double[hidden];
        for (var j = 0; j < hidden; j++) {
            out[j] = StrictMath.tanh(dot("attention.out.weight", j, both) + weights("attention.out.bias")[j]);
        }
        return out;
    }

    /** Numbers whose last are those of a sequence's category, where the batch names any. */
    double[] embedded(double[] values, Batch batch, int sequence) {
        if (batch.categories().length > 0) {
            var width = shape.options().categories().width();
            for (var i = 0; i < width; i++) {
                values[values.length - width + i] =
                        weights("category.embedding")[batch.categories()[sequence] * width + i];
            }
        }
        return values;
    }

    private double[] context(double[] h, double[][] memory) {
        var shares = new double[memory.length];
        var sum = 0.0;
        for (var k = 0; k < memory.length; k++) {
            shares[k] = StrictMath.exp(score(h, memory[k]));
            sum += shares[k];
        }
        var context = new double[h.length];
        for (var k = 0; k < memory.length; k++) {
            for (var j = 0; j < h.length; j++) {
                context[j] += shares[k] / sum * memory[k][j];
            }
        }
        return context;
    }

    private double score(double[] h, double[] m) {
        var score = 0.0;
        for (var j = 0; j < h.length; j++) {
            var query = dot("attention.query.weight", j, h);
            if (shape.options().attention() == Attention.DOT) {
                score += query * m[j] / Math.sqrt(h.length);
            } else {
                var sum = query + weights("attention.query.bias")[j] + dot("attention.key.weight", j, m);
                score += weights("attention.score.weight")[j] * StrictMath.tanh(sum);
            }
        }
        return score;
    }

    private double[] lstm(int layer, double[] x, double[] before) {
        var hidden = shape.hidden();
        var h = Arrays.copyOf(before, hidden);
        var after = new double[2 * hidden];
        for (var j = 0; j < hidden; j++) {
            var i = sigmoid(both(layer, j, x, h));
            var f = sigmoid(both(layer, hidden + j, x, h));
            var g = tanh(both(layer, 2 * hidden + j, x, h));
            var o = sigmoid(both(layer, 3 * hidden + j, x, h));
            var c = f * before[hidden + j] + i * g;
            after[hidden + j] = c;
            after[j] = o * StrictMath.tanh(c);
        }
        return after;
    }

    private double[] rnn(int layer, double[] x, double[] h) {
        var after = new double[h.length];
        for (var j = 0; j < h.length; j++) {
            after[j] = tanh(both(layer, j, x, h));
        }
        return after;
    }

    /** One row of both of PyTorch's products. */
    private double both(int layer, int row, double[] x, double[] h) {
        return dot("weight_ih_l" + layer, row, x)
                + weights("bias_ih_l" + layer)[row]
                + dot("weight_hh_l" + layer, row, h)
                + weights("bias_hh_l" + layer)[row];
    }

    private double[] gru(int layer, double[] x, double[] h) {
        var hidden = h.length;
        var after = new double[hidden];
        for (var j = 0; j < hidden; j++) {
            var a = new double[3];
            var b = new double[3];
            for (var gate = 0; gate < 3; gate++) {
                var row = gate * hidden + j;
                a[gate] = dot("weight_ih_l" + layer, row, x) + weights("bias_ih_l" + layer)[row];
                b[gate] = dot("weight_hh_l" + layer, row, h) + weights("bias_hh_l" + layer)[row];
            }
            var r = sigmoid(a[0] + b[0]);
            var z = sigmoid(a[1] + b[1]);
            var n = tanh(a[2] + r * b[2]);
            after[j] = (1 - z) * n + z * h[j];
        }
        return after;
    }

    private double[] classic(int layer, double[] x, double[] h) {
        var hidden = h.length;
        var z = new double[hidden];
        var rh = new double[hidden];
        for (var j = 0; j < hidden; j++) {
            rh[j] = h[j] * sigmoid(sum("r_l" + layer, j, x, h));
            z[j] = sigmoid(sum("z_l" + layer, j, x, h));
        }
        var after = new double[hidden];
        for (var j = 0; j < hidden; j++) {
            var n = tanh(sum("h_l" + layer, j, x, rh));
            after[j] = (1 - z[j]) * h[j] + z[j] * n;
        }
        return after;
    }

    private double sum(String gate, int j, double[] x, double[] h) {
        return dot("W_" + gate, j, x) + dot("U_" + gate, j, h) + weights("b_" + gate)[j];
    }

    /** What dropout makes of the units of the head. */
    interface Dropped {
        double[] units(double[] active);
    }

    /** The forecast from a state. */
    double[] head(double[] state, double[] profile, double[] extras) {
        return head(profile, extras, seen(state), active -> active);
    }

    double[] head(double[] profile, double[] extras, double[] h, Dropped dropped) {
        var head = shape.head();
        var last = h;
        if (head.units() > 0) {
            var all = new double[h.length + profile.length + extras.length];
            System.arraycopy(h, 0, all, 0, h.length);
            System.arraycopy(profile, 0, all, h.length, profile.length);
            System.arraycopy(extras, 0, all, h.length + profile.length, extras.length);
            last = new double[head.units()];
            for (var unit = 0; unit < last.length; unit++) {
                last[unit] = Math.max(0, dot("head.hidden.weight", unit, all) + weights("head.hidden.bias")[unit]);
            }
            last = dropped.units(last);
        }
        var out = new double[head.outputs()];
        for (var k = 0; k < out.length; k++) {
            var horizon = k / head.width();
            out[k] = dot("head.out.weight", k, last) + weights("head.out.bias")[k];
            if (head.profile() > 0 && k % head.width() < head.output().located()) {
                out[k] += dot("head.skip.weight", horizon, profile) + weights("head.skip.bias")[horizon];
            }
        }
        return out;
    }

    private double dot(String name, int row, double[] x) {
        var weights = weights(name);
        var sum = 0.0;
        for (var i = 0; i < x.length; i++) {
            sum += weights[row * x.length + i] * x[i];
        }
        return sum;
    }

    private double[] weights(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    private double sigmoid(double x) {
        largest = Math.max(largest, Math.abs(x));
        return 1 / (1 + StrictMath.exp(-x));
    }

    private double tanh(double x) {
        largest = Math.max(largest, Math.abs(x));
        return StrictMath.tanh(x);
    }
}
