package dev.gatecast.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way back through {@link GruCell}, with m = W_hn h + b_hn and p the state before:
 *
 * <pre>
 * dz = dh' (p - n) z (1 - z)     dn = dh' (1 - z) (1 - n²)
 * dr = dn m r (1 - r)            dm = dn r
 * dp = dh' z + W_hr' dr + W_hz' dz + W_hn' dm
 * </pre>
 */
final class GruGradient implements CellGradient {
    private final GruCell cell;
    private final int inputs;
    private final int hidden;
    private final float[][] inputSums; // (inputs, 3 hidden)
    private final float[][] hiddenSums; // (hidden, 4 hidden)
    private final float[][] biasSum; // (1, 4 hidden)
    private final float[][] d; // (lanes, 4 hidden), [dn | dr | dz | dm]
    private final float[] ofHidden; // (lanes * 3 hidden), [dr | dz | dm]
    private final float[] ofInput; // (lanes * 3 hidden), [dn | dr | dz]
    private final float[] dState; // (lanes * hidden), dh'
    private final float[][] parts; // (4, lanes * hidden), dn dr dz dm

    GruGradient(GruCell cell, int lanes) {
        this.cell = cell;
        this.inputs = cell.inputs();
        this.hidden = cell.hidden();
        this.inputSums = new float[inputs][3 * hidden];
        this.hiddenSums = new float[hidden][4 * hidden];
        this.biasSum = new float[1][4 * hidden];
        this.d = new float[lanes][4 * hidden];
        this.ofHidden = new float[lanes * 3 * hidden];
        this.ofInput = new float[lanes * 3 * hidden];
        this.dState = new float[lanes * hidden];
        this.parts = new float[4][lanes * hidden];
    }

    @Override
    public void step(float[] x, int xAt, float[] h, int hAt, CellWork work, float[][] dh, float @Nullable [][] dx) {
        var lanes = work.lanes();
        System.arraycopy(h, hAt, work.before(), 0, lanes * hidden);
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(dh[lane], 0, dState, lane * hidden, hidden);
        }
        gates(work);
        for (var lane = 0; lane < lanes; lane++) {
            for (var part = 0; part < 4; part++) {
                System.arraycopy(parts[part], lane * hidden, d[lane], part * hidden, hidden);
            }
            System.arraycopy(d[lane], hidden, ofHidden, lane * 3 * hidden, 3 * hidden);
            System.arraycopy(dState, lane * hidden, dh[lane], 0, hidden);
        }
        Rows.multiply(cell.hiddenBack(), 0, 3 * hidden, ofHidden, 0, dh, lanes, 0, hidden);
        Rows.outer(inputSums, 0, inputs, x, xAt, d, lanes, 0, 3 * hidden);
        Rows.outer(hiddenSums, 0, hidden, h, hAt, d, lanes, hidden, 4 * hidden);
        Rows.sum(biasSum[0], d, lanes, 0, 4 * hidden);
        if (dx != null) {
            for (var lane = 0; lane < lanes; lane++) {
                System.arraycopy(d[lane], 0, ofInput, lane * 3 * hidden, 3 * hidden);
            }
            Rows.multiply(cell.inputBack(), 0, 3 * hidden, ofInput, 0, dx, lanes, 0, inputs);
        }
    }

    /** From dh' to the gradients of the sums and to dh' z. */
    private void gates(CellWork work) {
        var r = work.kept()[0];
        var z = work.kept()[1];
        var n = work.kept()[2];
        var m = work.kept()[3];
        ofUpdate(parts[2], dState, work.before(), n, z);
        ofCandidate(parts[0], dState, z, n);
        ofReset(parts[1], parts[0], m, r);
        ClassicCell.product(parts[3], parts[0], r);
        ClassicCell.product(dState, dState, z);
    }

    /** dz = dh (a - b) z (1 - z). {@code dz} Modified. */
    static void ofUpdate(float[] dz, float[] dh, float[] a, float[] b, float[] z) {
        for (int j = 0; j < dz.length; j++) {
            dz[j] = dh[j] * (a[j] - b[j]) * (z[j] * (1 - z[j]));
        }
    }

    /** dn = dh (1 - z) (1 - n²). {@code dn} Modified. */
    private static void ofCandidate(float[] dn, float[] dh, float[] z, float[] n) {
        for (int j = 0; j < dn.length; j++) {
            dn[j] = dh[j] * (1 - z[j]) * (1 - n[j] * n[j]);
        }
    }

    /** dr = d m r (1 - r). {@code dr} Modified. */
    static void ofReset(float[] dr, float[] d, float[] m, float[] r) {
        for (int j = 0; j < dr.length; j++) {
            dr[j] = d[j] * m[j] * (r[j] * (1 - r[j]));
        }
    }

    @Override
    public List<float[][]> sums() {
        return List.of(inputSums, hiddenSums, biasSum);
    }

    @Override
    public void addTo(Tensors gradient) {
        var names = cell.names();
        for (var gate = 0; gate < 3; gate++) { // r, z, n
            Rows.addBack(
                    inputSums,
                    0,
                    inputs,
                    (gate + 1) % 3 * hidden,
                    gradient.values(names.inputWeight()),
                    gate * hidden,
                    hidden);
            Rows.addBack(
                    hiddenSums,
                    0,
                    hidden,
                    (gate + 1) * hidden,
                    gradient.values(names.hiddenWeight()),
                    gate * hidden,
                    hidden);
        }
        var bias = biasSum[0];
        var inputBias = gradient.values(names.inputBias());
        Rows.addTo(inputBias, 0, bias, hidden, 2 * hidden);
        Rows.addTo(inputBias, 2 * hidden, bias, 0, hidden);
        Rows.addTo(gradient.values(names.hiddenBias()), 0, bias, hidden, 3 * hidden);
    }
}
