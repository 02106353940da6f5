package dev.gatecast.model;

import java.util.Map;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * A GRU layer written with EJML's own products, to be read and to be compared with. Several times slower than
 * {@link Network#step}: docs/decisions/002-row-kernel.md. Belongs to one thread.
 */
public final class EjmlGru {
    private final FMatrixRMaj ofInput; // (3 hidden, inputs)
    private final FMatrixRMaj ofHidden; // (3 hidden, hidden)
    private final FMatrixRMaj inputBias; // (3 hidden, 1)
    private final FMatrixRMaj hiddenBias; // (3 hidden, 1)
    private final FMatrixRMaj a; // (3 hidden, 1)
    private final FMatrixRMaj b; // (3 hidden, 1)
    private final float[] gates; // (2 hidden)
    private final float[] candidate; // (hidden)
    private final float[] work; // (2 hidden)
    private final FMatrixRMaj input; // (inputs, 1), around the caller's array
    private final FMatrixRMaj state; // (hidden, 1), around the caller's array

    /** Takes one layer's weights out of a network's. */
    public EjmlGru(Map<String, FMatrixRMaj> tensors, int layer) {
        ofInput = Objects.requireNonNull(tensors.get("weight_ih_l" + layer));
        ofHidden = Objects.requireNonNull(tensors.get("weight_hh_l" + layer));
        inputBias = Objects.requireNonNull(tensors.get("bias_ih_l" + layer));
        hiddenBias = Objects.requireNonNull(tensors.get("bias_hh_l" + layer));
        a = new FMatrixRMaj(inputBias.numRows, 1);
        b = new FMatrixRMaj(inputBias.numRows, 1);
        gates = new float[a.numRows / 3 * 2];
        candidate = new float[a.numRows / 3];
        work = new float[a.numRows / 3 * 2];
        input = new FMatrixRMaj(ofInput.numCols, 1);
        state = new FMatrixRMaj(ofHidden.numCols, 1);
    }

    /** The bottom layer of a network. */
    public EjmlGru(Network network) {
        this(network.tensors(), 0);
    }

    /** One step over plain arrays. {@code x} (inputs) Not modified. {@code h} (hidden) Modified. */
    public void step(float[] x, float[] h) {
        input.setData(x);
        state.setData(h);
        step(input, state);
    }

    /** One step. {@code x} (inputs, 1) Not modified. {@code h} (hidden, 1) Modified. */
    public void step(FMatrixRMaj x, FMatrixRMaj h) {
        // a = W_i x + b_i, b = W_h h + b_h; r, z, n below one another
        CommonOps_FDRM.mult(ofInput, x, a);
        CommonOps_FDRM.addEquals(a, inputBias);
        CommonOps_FDRM.mult(ofHidden, h, b);
        CommonOps_FDRM.addEquals(b, hiddenBias);
        var hidden = h.numRows;
        // r = σ(a_r + b_r), z = σ(a_z + b_z)
        for (int j = 0; j < 2 * hidden; j++) {
            gates[j] = a.data[j] + b.data[j];
        }
        Activations.sigmoid(gates, work, 2 * hidden);
        // n = tanh(a_n + r b_n)
        for (int j = 0; j < hidden; j++) {
            candidate[j] = a.data[2 * hidden + j] + gates[j] * b.data[2 * hidden + j];
        }
        Activations.tanh(candidate, work, hidden);
        // h = (1 - z) n + z h
        for (int j = 0; j < hidden; j++) {
            float z = gates[hidden + j];
            h.data[j] = (1 - z) * candidate[j] + z * h.data[j];
        }
    }
}
