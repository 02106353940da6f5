package dev.gatecast.model;

import java.util.Arrays;
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
    private final float[] part; // (hidden)

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
        this.part = new float[hidden];
    }

    @Override
    public void step(float[] x, int xAt, float[] h, int hAt, CellWork work, float[][] dh, float @Nullable [][] dx) {
        var lanes = work.lanes();
        candidate(h, hAt, work, dh);
        reset(h, hAt, work, dh);
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
    private void candidate(float[] h, int hAt, CellWork work, float[][] dh) {
        var lanes = work.lanes();
        for (var lane = 0; lane < lanes; lane++) {
            var kept = work.kept()[lane];
            System.arraycopy(h, hAt + lane * hidden, work.before(), 0, hidden);
            GruGradient.ofUpdate(part, dh[lane], kept[2], work.before(), kept[1]);
            System.arraycopy(part, 0, d[lane], 2 * hidden, hidden);
            ofCandidate(part, dh[lane], kept[1], kept[2]);
            System.arraycopy(part, 0, d[lane], 0, hidden);
            Arrays.fill(ofReset[lane], 0);
        }
        flatten(lanes, 0, hidden);
        Rows.multiply(cell.hiddenBack(), 0, hidden, flat, 0, ofReset, lanes, 0, hidden);
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(work.kept()[lane][3], 0, flat, lane * hidden, hidden);
        }
        Rows.outer(hiddenSums, 0, hidden, flat, 0, d, lanes, 0, hidden);
    }

    /** dr, and what reaches the state before without a matrix. {@code dh} Modified. */
    private void reset(float[] h, int hAt, CellWork work, float[][] dh) {
        for (var lane = 0; lane < work.lanes(); lane++) {
            var kept = work.kept()[lane];
            System.arraycopy(h, hAt + lane * hidden, work.before(), 0, hidden);
            GruGradient.ofReset(part, ofReset[lane], work.before(), kept[0]);
            System.arraycopy(part, 0, d[lane], hidden, hidden);
            direct(dh[lane], kept[1], ofReset[lane], kept[0]);
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
