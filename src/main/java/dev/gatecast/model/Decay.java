package dev.gatecast.model;

import java.util.Map;

/**
 * The decay of one layer's state with the time since the last step, as in GRU-D (Che et al. 2018): {@code γ = exp(-max(0, w
 * Δt + b))}, one w and b for each unit, and {@code h ← γ h}, the memory cell likewise. Only loading changes it.
 */
final class Decay {
    private final String weightName;
    private final String biasName;
    private final float[] weight; // (hidden)
    private final float[] bias; // (hidden)

    Decay(int layer, int hidden) {
        this.weightName = weightName(layer);
        this.biasName = biasName(layer);
        this.weight = new float[hidden];
        this.bias = new float[hidden];
    }

    private static String weightName(int layer) {
        return "decay.weight_l" + layer;
    }

    private static String biasName(int layer) {
        return "decay.bias_l" + layer;
    }

    static void declare(int layer, int hidden, Map<String, Architecture.Shape> tensors) {
        tensors.put(weightName(layer), new Architecture.Shape(hidden, 1));
        tensors.put(biasName(layer), new Architecture.Shape(hidden, 1));
    }

    /** Takes over weights. Before it, all are zero, and nothing decays. */
    void load(Tensors tensors) {
        System.arraycopy(tensors.values(weightName), 0, weight, 0, weight.length);
        System.arraycopy(tensors.values(biasName), 0, bias, 0, bias.length);
    }

    /**
     * γ of some lanes.
     *
     * @param x the lanes' inputs; the first lane's time is at {@code at}, the next one's {@code stride} further. Not
     *     modified.
     * @param factors (lanes * hidden). Modified.
     */
    void factors(float[] x, int at, int stride, float[] factors, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            float time = x[at + lane * stride];
            for (int j = 0, to = lane * weight.length; j < weight.length; j++, to++) {
                factors[to] = Math.max(0, weight[j] * time + bias[j]);
            }
        }
        Activations.decay(factors, lanes * weight.length);
    }

    /**
     * γ h of some lanes, for one vector of their states.
     *
     * @param h the vectors one after the other, from {@code hAt}. Not modified.
     * @param to where they go, from {@code toAt}; the same place will do. Modified.
     * @param n lanes * hidden
     */
    static void apply(float[] factors, float[] h, int hAt, float[] to, int toAt, int n) {
        for (int i = 0; i < n; i++) {
            to[toAt + i] = factors[i] * h[hAt + i];
        }
    }

    /** The way back, with its own sums. */
    final class Gradient {
        private final float[][] sums = new float[2][weight.length]; // w, b

        /**
         * One lane of one step back.
         *
         * @param time Δt
         * @param factors γ of all lanes, this lane's from {@code at}. Not modified.
         * @param h states before the decay: vector s of this lane from {@code hAt + s * half + at}. Not modified.
         * @param d gradient of the lane's state after the decay, (states * hidden). Modified: of the state before it.
         * @return gradient of Δt
         */
        float back(float time, float[] factors, int at, float[] h, int hAt, int half, float[] d) {
            var hidden = weight.length;
            var ofTime = 0f;
            for (int j = 0; j < hidden; j++) {
                float factor = factors[at + j];
                float ofFactor = 0;
                for (int i = j, from = hAt + at + j; i < d.length; i += hidden, from += half) {
                    ofFactor += d[i] * h[from];
                    d[i] *= factor;
                }
                if (factor < 1) {
                    float slope = -factor * ofFactor;
                    sums[0][j] += slope * time;
                    sums[1][j] += slope;
                    ofTime += slope * weight[j];
                }
            }
            return ofTime;
        }

        float[][] sums() {
            return sums;
        }

        /** Adds the sums to flat tensors. {@code gradient} Modified. */
        void addTo(Tensors gradient) {
            Rows.addTo(gradient.values(weightName), 0, sums[0], 0, weight.length);
            Rows.addTo(gradient.values(biasName), 0, sums[1], 0, weight.length);
        }
    }
}
