package dev.gatecast.model;

import java.util.List;

/**
 * The way back through {@link Lookback}, and the gradient of its weights summed over origins and lanes.
 *
 * <pre>
 * da = dout (1 - out²)             dc = W_c' da, first half      dh = W_c' da, second half
 * dα_k = dc m_k                    de_k = α_k (dα_k - Σ α_i dα_i)
 * additive: s_k = de_k v (1 - u_k²)    dq = Σ s_k            dm_k = α_k dc + W_k' s_k
 * dot:      dq = Σ de_k m_k / √hidden                        dm_k = α_k dc + de_k q / √hidden
 * dh += W_q' dq
 * </pre>
 */
final class LookbackGradient {
    private final Lookback attention;
    private final int hidden;
    private final int memory;
    private final float[][] query; // (hidden, hidden)
    private final float[][] key; // (hidden, hidden)
    private final float[][] out; // (2 hidden, hidden)
    private final float[][] vectors; // (3, hidden): b_q, v, b_c
    private final float[][] d; // (lanes, hidden)
    private final float[][] ofJoined; // (lanes, 2 hidden), dc and dh
    private final float[][] ofQuery; // (lanes, hidden)
    private final float[] flat; // (lanes * hidden)
    private final float[][] ofScore; // (lanes, memory), dα, then de

    LookbackGradient(Lookback attention, int lanes) {
        this.attention = attention;
        this.hidden = attention.hidden();
        this.memory = attention.memory();
        this.query = new float[hidden][hidden];
        this.key = new float[attention.additive() ? hidden : 0][hidden];
        this.out = new float[2 * hidden][hidden];
        this.vectors = new float[3][hidden];
        this.d = new float[lanes][hidden];
        this.ofJoined = new float[lanes][2 * hidden];
        this.ofQuery = new float[lanes][hidden];
        this.flat = new float[lanes * hidden];
        this.ofScore = new float[lanes][memory];
    }

    /**
     * One origin back, for the first {@code lanes} lanes.
     *
     * @param work what {@link Lookback#forward} left. Not modified.
     * @param dOut gradient of {@code work.out}, (lanes, hidden). Not modified.
     * @param dStates gradient of the remembered states, (memory, lanes, at least hidden), added to. Modified.
     */
    void back(LookbackWork work, float[][] dOut, float[][][] dStates, int lanes) {
        joined(work, dOut, lanes);
        for (var lane = 0; lane < lanes; lane++) {
            scores(work, lane);
        }
        Rows.clear(ofQuery);
        for (var k = 0; k < memory; k++) {
            if (attention.additive()) {
                additive(work, k, dStates[k], lanes);
            } else {
                dot(work, k, dStates[k], lanes);
            }
        }
        queries(work, dStates[memory - 1], lanes);
    }

    private void joined(LookbackWork work, float[][] dOut, int lanes) {
        for (var lane = 0; lane < lanes; lane++) {
            for (int j = 0, at = lane * hidden; j < hidden; j++, at++) {
                d[lane][j] = dOut[lane][j] * (1 - work.out[at] * work.out[at]);
            }
            System.arraycopy(d[lane], 0, flat, lane * hidden, hidden);
        }
        Rows.clear(ofJoined);
        Rows.multiply(attention.outBack(), 0, hidden, flat, 0, ofJoined, lanes, 0, 2 * hidden);
        var newest = memory - 1;
        Rows.outer(out, 0, hidden, work.context, 0, d, lanes, 0, hidden);
        Rows.outer(out, hidden, hidden, work.states[newest], work.at[newest], d, lanes, 0, hidden);
        Rows.sum(vectors[2], d, lanes, 0, hidden);
    }

    /** de of one lane. */
    private void scores(LookbackWork work, int lane) {
        var share = work.share[lane];
        var mean = 0f;
        for (var k = 0; k < memory; k++) {
            var sum = 0f;
            for (int j = 0, at = work.at[k] + lane * hidden; j < hidden; j++, at++) {
                sum += ofJoined[lane][j] * work.states[k][at];
            }
            ofScore[lane][k] = sum;
            mean += share[k] * sum;
        }
        for (var k = 0; k < memory; k++) {
            ofScore[lane][k] = share[k] * (ofScore[lane][k] - mean);
        }
    }

    private void additive(LookbackWork work, int k, float[][] dState, int lanes) {
        var u = work.compared[k];
        for (var lane = 0; lane < lanes; lane++) {
            var slope = ofScore[lane][k];
            var share = work.share[lane][k];
            for (int j = 0, at = lane * hidden; j < hidden; j++, at++) {
                vectors[1][j] += slope * u[at];
                d[lane][j] = slope * attention.score()[j] * (1 - u[at] * u[at]);
                ofQuery[lane][j] += d[lane][j];
                dState[lane][j] += share * ofJoined[lane][j];
            }
            System.arraycopy(d[lane], 0, flat, lane * hidden, hidden);
        }
        Rows.multiply(attention.keyBack(), 0, hidden, flat, 0, dState, lanes, 0, hidden);
        Rows.outer(key, 0, hidden, work.states[k], work.at[k], d, lanes, 0, hidden);
    }

    private void dot(LookbackWork work, int k, float[][] dState, int lanes) {
        for (var lane = 0; lane < lanes; lane++) {
            var slope = ofScore[lane][k] * attention.shrink();
            var share = work.share[lane][k];
            for (int j = 0, at = work.at[k] + lane * hidden; j < hidden; j++, at++) {
                ofQuery[lane][j] += slope * work.states[k][at];
                dState[lane][j] += share * ofJoined[lane][j] + slope * work.query[lane][j];
            }
        }
    }

    private void queries(LookbackWork work, float[][] dNewest, int lanes) {
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(ofQuery[lane], 0, flat, lane * hidden, hidden);
            for (var j = 0; j < hidden; j++) {
                dNewest[lane][j] += ofJoined[lane][hidden + j];
            }
        }
        Rows.multiply(attention.queryBack(), 0, hidden, flat, 0, dNewest, lanes, 0, hidden);
        Rows.outer(query, 0, hidden, work.states[memory - 1], work.at[memory - 1], ofQuery, lanes, 0, hidden);
        Rows.sum(vectors[0], ofQuery, lanes, 0, hidden);
    }

    float[][] query() {
        return query;
    }

    float[][] key() {
        return key;
    }

    float[][] out() {
        return out;
    }

    float[] queryBias() {
        return vectors[0];
    }

    float[] score() {
        return vectors[1];
    }

    float[] outBias() {
        return vectors[2];
    }

    /** The sums, as rows. */
    List<float[][]> sums() {
        return List.of(query, key, out, vectors);
    }
}
