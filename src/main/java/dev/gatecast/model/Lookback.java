package dev.gatecast.model;

import java.util.Arrays;
import java.util.Map;

/**
 * Attention over the last K hidden states m_1 .. m_K, of which the last is h. Only loading changes it.
 *
 * <pre>
 * q = W_q h + b_q
 * e_k = v tanh(q + W_k m_k)  or  q m_k / √hidden, without b_q
 * α = softmax(e)     c = Σ α_k m_k
 * out = tanh(W_c [c; h] + b_c)
 * </pre>
 *
 * <p>The head sees {@code out} in the place of h. States before the first step count as zeros.
 */
final class Lookback {
    private static final String QUERY = "attention.query.weight"; // (hidden, hidden)
    private static final String QUERY_BIAS = "attention.query.bias"; // (hidden)
    private static final String KEY = "attention.key.weight"; // (hidden, hidden)
    private static final String SCORE = "attention.score.weight"; // (1, hidden)
    private static final String OUT = "attention.out.weight"; // (hidden, 2 hidden)
    private static final String OUT_BIAS = "attention.out.bias"; // (hidden)

    private final boolean additive;
    private final int hidden;
    private final int memory;
    private final float[][] queryRows; // (hidden, hidden)
    private final float[][] keyRows; // (hidden, hidden)
    private final float[][] outRows; // (2 hidden, hidden)
    private final float[] queryBias; // (hidden)
    private final float[] score; // (hidden)
    private final float[] outBias; // (hidden)
    private float[][] queryBack = {}; // (hidden, hidden)
    private float[][] keyBack = {}; // (hidden, hidden)
    private float[][] outBack = {}; // (hidden, 2 hidden)

    Lookback(Architecture shape) {
        this.additive = shape.options().attention() == Attention.ADDITIVE;
        this.hidden = shape.options().attends() ? shape.hidden() : 0;
        this.memory = shape.options().memory();
        this.queryRows = new float[hidden][hidden];
        this.keyRows = new float[additive ? hidden : 0][hidden];
        this.outRows = new float[2 * hidden][hidden];
        this.queryBias = new float[hidden];
        this.score = new float[hidden];
        this.outBias = new float[hidden];
    }

    static void declare(Attention attention, int hidden, Map<String, Architecture.Shape> tensors) {
        if (attention == Attention.NONE) {
            return;
        }
        tensors.put(QUERY, new Architecture.Shape(hidden, hidden));
        tensors.put(OUT, new Architecture.Shape(hidden, 2 * hidden));
        tensors.put(OUT_BIAS, new Architecture.Shape(hidden, 1));
        if (attention == Attention.ADDITIVE) {
            tensors.put(QUERY_BIAS, new Architecture.Shape(hidden, 1));
            tensors.put(KEY, new Architecture.Shape(hidden, hidden));
            tensors.put(SCORE, new Architecture.Shape(1, hidden));
        }
    }

    /** Takes over weights. Before it, all are zero. */
    void load(Tensors tensors) {
        Rows.byInput(tensors.values(QUERY), 0, hidden, queryRows, 0, hidden, 0);
        Rows.byInput(tensors.values(OUT), 0, hidden, outRows, 0, 2 * hidden, 0);
        System.arraycopy(tensors.values(OUT_BIAS), 0, outBias, 0, hidden);
        if (additive) {
            Rows.byInput(tensors.values(KEY), 0, hidden, keyRows, 0, hidden, 0);
            System.arraycopy(tensors.values(QUERY_BIAS), 0, queryBias, 0, hidden);
            System.arraycopy(tensors.values(SCORE), 0, score, 0, hidden);
        }
    }

    /** Takes over the weights for the way back as well. */
    void loadBack(Tensors tensors) {
        if (outBack.length == 0) {
            queryBack = new float[hidden][hidden];
            keyBack = new float[additive ? hidden : 0][hidden];
            outBack = new float[hidden][2 * hidden];
        }
        Rows.byOutput(tensors.values(QUERY), 0, hidden, queryBack, 0);
        Rows.byOutput(tensors.values(OUT), 0, hidden, outBack, 0);
        if (additive) {
            Rows.byOutput(tensors.values(KEY), 0, hidden, keyBack, 0);
        }
    }

    boolean additive() {
        return additive;
    }

    int hidden() {
        return hidden;
    }

    int memory() {
        return memory;
    }

    float[] score() {
        return score;
    }

    float[][] queryBack() {
        return queryBack;
    }

    float[][] keyBack() {
        return keyBack;
    }

    float[][] outBack() {
        return outBack;
    }

    /** What dot products are multiplied by: 1 / √hidden, 1 for additive attention. */
    float shrink() {
        return additive ? 1 : (float) (1 / Math.sqrt(hidden));
    }

    /** From {@code work}'s slots to {@code work.out}, for the first {@code lanes} lanes. {@code work} Modified. */
    void forward(LookbackWork work, int lanes) {
        var newest = memory - 1;
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(queryBias, 0, work.query[lane], 0, hidden);
        }
        Rows.multiply(queryRows, 0, hidden, work.states[newest], work.at[newest], work.query, lanes, 0, hidden);
        for (var k = 0; k < memory; k++) {
            if (additive) {
                compare(work, k, lanes);
            } else {
                for (var lane = 0; lane < lanes; lane++) {
                    var e = dot(work.query[lane], work.states[k], work.at[k] + lane * hidden);
                    work.share[lane][k] = e * shrink();
                }
            }
        }
        Arrays.fill(work.context, 0, lanes * hidden, 0);
        for (var lane = 0; lane < lanes; lane++) {
            softmax(work.share[lane]);
            for (var k = 0; k < memory; k++) {
                addScaled(work, k, lane);
            }
        }
        join(work, lanes);
    }

    /** u_k = tanh(q + W_k m_k) and e_k = v u_k. */
    private void compare(LookbackWork work, int k, int lanes) {
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(work.query[lane], 0, work.rows[lane], 0, hidden);
        }
        Rows.multiply(keyRows, 0, hidden, work.states[k], work.at[k], work.rows, lanes, 0, hidden);
        var u = work.compared[k];
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(work.rows[lane], 0, u, lane * hidden, hidden);
        }
        Activations.tanh(u, work.spare, lanes * hidden);
        for (var lane = 0; lane < lanes; lane++) {
            work.share[lane][k] = dot(score, u, lane * hidden);
        }
    }

    private static float dot(float[] a, float[] b, int at) {
        var sum = 0f;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[at + j];
        }
        return sum;
    }

    /** In place. The largest is taken off first, so nothing overflows. */
    private static void softmax(float[] e) {
        var most = Float.NEGATIVE_INFINITY;
        for (var value : e) {
            most = Math.max(most, value);
        }
        var sum = 0f;
        for (var k = 0; k < e.length; k++) {
            e[k] = Activations.decay(most - e[k]);
            sum += e[k];
        }
        for (var k = 0; k < e.length; k++) {
            e[k] /= sum;
        }
    }

    /** c += α_k m_k. */
    private void addScaled(LookbackWork work, int k, int lane) {
        var share = work.share[lane][k];
        var from = work.states[k];
        for (int j = 0, at = work.at[k] + lane * hidden, to = lane * hidden; j < hidden; j++, at++, to++) {
            work.context[to] += share * from[at];
        }
    }

    /** out = tanh(W_c [c; h] + b_c). */
    private void join(LookbackWork work, int lanes) {
        var newest = memory - 1;
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(outBias, 0, work.rows[lane], 0, hidden);
        }
        Rows.multiply(outRows, 0, hidden, work.context, 0, work.rows, lanes, 0, hidden);
        Rows.multiply(outRows, hidden, hidden, work.states[newest], work.at[newest], work.rows, lanes, 0, hidden);
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(work.rows[lane], 0, work.out, lane * hidden, hidden);
        }
        Activations.tanh(work.out, work.spare, lanes * hidden);
    }

    /** Adds sums to flat tensors. {@code gradient} Modified. */
    void addTo(LookbackGradient sums, Tensors gradient) {
        Rows.addBack(sums.query(), 0, hidden, 0, gradient.values(QUERY), 0, hidden);
        Rows.addBack(sums.out(), 0, 2 * hidden, 0, gradient.values(OUT), 0, hidden);
        Rows.addTo(gradient.values(OUT_BIAS), 0, sums.outBias(), 0, hidden);
        if (additive) {
            Rows.addBack(sums.key(), 0, hidden, 0, gradient.values(KEY), 0, hidden);
            Rows.addTo(gradient.values(QUERY_BIAS), 0, sums.queryBias(), 0, hidden);
            Rows.addTo(gradient.values(SCORE), 0, sums.score(), 0, hidden);
        }
    }
}
