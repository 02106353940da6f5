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

    /** One step. {@code h} Modified. */
    void step(double[] input, double[] h) {
        largest = 0;
        var x = input;
        var hidden = shape.hidden();
        for (var layer = 0; layer < shape.layers(); layer++) {
            var before = Arrays.copyOfRange(h, layer * hidden, (layer + 1) * hidden);
            x = shape.cell() == CellKind.GRU ? gru(layer, x, before) : classic(layer, x, before);
            System.arraycopy(x, 0, h, layer * hidden, hidden);
        }
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

    /** The forecast from a state. */
    double[] head(double[] state, double[] profile, double[] extras) {
        var head = shape.head();
        var h = Arrays.copyOfRange(state, state.length - shape.hidden(), state.length);
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
        }
        var out = new double[head.outputs()];
        for (var k = 0; k < out.length; k++) {
            var horizon = k / head.quantiles();
            out[k] = dot("head.out.weight", k, last) + weights("head.out.bias")[k];
            if (head.profile() > 0) {
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
