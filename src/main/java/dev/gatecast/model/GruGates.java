package dev.gatecast.model;

import dev.gatecast.model.CellLayout.Block;
import dev.gatecast.model.CellLayout.Span;
import java.util.List;

/**
 * PyTorch's gated recurrent unit; gates in its order r, z, n.
 *
 * <pre>
 * r = σ(W_ir x + b_ir + W_hr h + b_hr)
 * z = σ(W_iz x + b_iz + W_hz h + b_hz)
 * m = W_hn h + b_hn
 * n = tanh(W_in x + b_in + r m)
 * h' = (1 - z) n + z h
 *
 * dz = dh' (h - n) z (1 - z)     dn = dh' (1 - z) (1 - n²)
 * dr = dn m r (1 - r)            dm = dn r
 * dh = dh' z + W_hr' dr + W_hz' dz + W_hn' dm
 * </pre>
 *
 * <p>A row of sums has four parts, {@code [n | r | z | m]}.
 */
final class GruGates implements Gates {
    @Override
    public CellLayout layout(int layer) {
        var input = "weight_ih_l" + layer;
        var state = "weight_hh_l" + layer;
        var ofInput = "bias_ih_l" + layer;
        var ofState = "bias_hh_l" + layer;
        return new CellLayout(
                4,
                new Span(0, 3),
                new Span(1, 4),
                List.of(new Block(input, 0, 2, 1), new Block(input, 2, 1, 0)),
                List.of(new Block(state, 0, 3, 1)),
                List.of(new Block(ofInput, 0, 2, 1), new Block(ofInput, 2, 1, 0), new Block(ofState, 0, 3, 1)));
    }

    @Override
    public int keeps() {
        return 4;
    }

    @Override
    public int states() {
        return 1;
    }

    /** A state is between two numbers in [-1, 1]. */
    @Override
    public float limit(int state) {
        return Passes.ROUNDED_ONE;
    }

    @Override
    public void forward(Cell cell, CellWork work, int lanes) {
        var size = lanes * cell.hidden();
        var r = work.kept()[0];
        var z = work.kept()[1];
        var n = work.kept()[2];
        var m = work.kept()[3];
        work.sigmoids(cell.hidden(), 1, 2, lanes);
        System.arraycopy(work.gates(), 0, r, 0, size);
        System.arraycopy(work.gates(), size, z, 0, size);
        work.gather(0, cell.hidden(), lanes, n, 0);
        work.gather(3 * cell.hidden(), cell.hidden(), lanes, m, 0);
        Passes.addProduct(n, r, m, size);
        Activations.tanh(n, work.spare(), size);
        Passes.mix(work.after(), z, work.before(), n, size);
    }

    @Override
    public void back(CellGradient gradient, CellWork work, int lanes) {
        var size = lanes * gradient.hidden();
        var dh = gradient.ofState();
        var r = work.kept()[0];
        var z = work.kept()[1];
        var n = work.kept()[2];
        var m = work.kept()[3];
        Passes.throughMix(gradient.part(2), dh, work.before(), n, z, size);
        ofCandidate(gradient.part(0), dh, z, n, size);
        Passes.throughProduct(gradient.part(1), gradient.part(0), m, r, size);
        Passes.product(gradient.part(3), gradient.part(0), r, size);
        Passes.product(dh, dh, z, size);
    }

    /** dn = dh (1 - z) (1 - n²). {@code dn} Modified. */
    private static void ofCandidate(float[] dn, float[] dh, float[] z, float[] n, int size) {
        for (int j = 0; j < size; j++) {
            dn[j] = dh[j] * (1 - z[j]) * (1 - n[j] * n[j]);
        }
    }
}
