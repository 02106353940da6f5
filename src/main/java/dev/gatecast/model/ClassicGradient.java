package dev.gatecast.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way back through {@link ClassicCell}, with p the state before:
 *
 * <pre>
 * dz = dh' (n - p) z (1 - z)     dn = dh' z (1 - n²)
 * d(rp) = U_h' dn                dr = d(rp) p r (1 - r)
 * dp = dh' (1 - z) + d(rp) r + U_r' dr + U_z' dz
 * </pre>
 */
final class ClassicGradient implements CellGradient {
    private final ClassicCell cell;
    private final int inputs;
    private final int hidden;
    private final float[][] inputSums; // (inputs, 3 hidden)
    private final float[][] hiddenSums; // (hidden, 3 hidden)
    private final float[][] biasSum; // (1, 3 hidden)
    private final float[][] d; // (lanes, 3 hidden), [dn | dr | dz]
    private final float[][] ofReset; // (lanes, hidden), d(rp)
    private final float[] flat; // (lanes * 3 hidden), parts of d
    private final float[] dState; // (lanes * hidden), dh'
    private final float[] dReset; // (lanes * hidden), d(rp)
    private final float[][] parts; // (3, lanes * hidden), dn dr dz

    ClassicGradient(ClassicCell cell, int lanes) {
        this.cell = cell;
        this.inputs = cell.inputs();
        this.hidden = cell.hidden();
        this.inputSums = new float[inputs][3 * hidden];
        this.hiddenSums = new float[hidden][3 * hidden];
        this.biasSum = new float[1][3 * hidden];
        this.d = new float[lanes][3 * hidden];
        this.ofReset = new float[lanes][hidden];
        this.flat = new float[lanes * 3 * hidden];
        this.dState = new float[lanes * hidden];
        this.dReset = new float[lanes * hidden];
        this.parts = new float[3][lanes * hidden];
    }

    @Override
    public void step(float[] x, int xAt, float[] h, int hAt, CellWork work, float[][] dh, float @Nullable [][] dx) {
        var lanes = work.lanes();
        System.arraycopy(h, hAt, work.before(), 0, lanes * hidden);
        flatten(dh, dState, lanes);
        candidate(work);
        reset(work);
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(dState, lane * hidden, dh[lane], 0, hidden);
        }
        flatten(lanes, hidden, 2 * hidden);
        Rows.multiply(cell.hiddenBack(), hidden, 2 * hidden, flat, 0, dh, lanes, 0, hidden);
        Rows.outer(hiddenSums, 0, hidden, h, hAt, d, lanes, hidden, 3 * hidden);
        Rows.outer(inputSums, 0, inputs, x, xAt, d, lanes, 0, 3 * hidden);
        Rows.sum(biasSum[0], d, lanes, 0, 3 * hidden);
        if (dx != null) {
            flatten(lanes, 0, 3 * hidden);
            Rows.multiply(cell.inputBack(), 0, 3 * hidden, flat, 0, dx, lanes, 0, inputs);
        }
    }

    /** dz, dn and d(rp); and the gradient of U_h, which saw r p. */
    private void candidate(CellWork work) {
        var kept = work.kept();
        var lanes = work.lanes();
        GruGradient.ofUpdate(parts[2], dState, kept[2], work.before(), kept[1]);
        ofCandidate(parts[0], dState, kept[1], kept[2]);
        put(0, lanes);
        put(2, lanes);
        Rows.clear(ofReset);
        Rows.multiply(cell.hiddenBack(), 0, hidden, parts[0], 0, ofReset, lanes, 0, hidden);
        Rows.outer(hiddenSums, 0, hidden, kept[3], 0, d, lanes, 0, hidden);
    }

    /** dr, and what reaches the state before without a matrix. */
    private void reset(CellWork work) {
        var kept = work.kept();
        flatten(ofReset, dReset, work.lanes());
        GruGradient.ofReset(parts[1], dReset, work.before(), kept[0]);
        put(1, work.lanes());
        direct(dState, kept[1], dReset, kept[0]);
    }

    /** One part into its place in d. */
    private void put(int part, int lanes) {
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(parts[part], lane * hidden, d[lane], part * hidden, hidden);
        }
    }

    private void flatten(float[][] rows, float[] to, int lanes) {
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(rows[lane], 0, to, lane * hidden, hidden);
        }
    }

    private void flatten(int lanes, int from, int n) {
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(d[lane], from, flat, lane * n, n);
        }
    }

    /** dn = dh z (1 - n²). {@code dn} Modified. */
    private static void ofCandidate(float[] dn, float[] dh, float[] z, float[] n) {
        for (int j = 0; j < dn.length; j++) {
            dn[j] = dh[j] * z[j] * (1 - n[j] * n[j]);
        }
    }

    /** dh = dh (1 - z) + d r. {@code dh} Modified. */
    private static void direct(float[] dh, float[] z, float[] d, float[] r) {
        for (int j = 0; j < dh.length; j++) {
            dh[j] = dh[j] * (1 - z[j]) + d[j] * r[j];
        }
    }

    @Override
    public List<float[][]> sums() {
        return List.of(inputSums, hiddenSums, biasSum);
    }

    @Override
    public void addTo(Tensors gradient) {
        var names = cell.names();
        for (var p = 0; p < 3; p++) {
            Rows.addBack(inputSums, 0, inputs, p * hidden, gradient.values(names.input(p)), 0, hidden);
            Rows.addBack(hiddenSums, 0, hidden, p * hidden, gradient.values(names.hidden(p)), 0, hidden);
            Rows.addTo(gradient.values(names.bias(p)), 0, biasSum[0], p * hidden, hidden);
        }
    }
}
