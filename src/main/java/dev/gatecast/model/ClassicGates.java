package dev.gatecast.model;

import dev.gatecast.model.CellLayout.Block;
import dev.gatecast.model.CellLayout.Span;
import java.util.List;
import java.util.stream.Stream;

/**
 * The gated recurrent unit of Cho et al. 2014.
 *
 * <pre>
 * r = σ(W_r x + U_r h + b_r)
 * z = σ(W_z x + U_z h + b_z)
 * n = tanh(W_h x + U_h (r h) + b_h)
 * h' = (1 - z) h + z n
 *
 * dz = dh' (n - h) z (1 - z)     dn = dh' z (1 - n²)
 * d(rh) = U_h' dn                dr = d(rh) h r (1 - r)
 * dh = dh' (1 - z) + d(rh) r + U_r' dr + U_z' dz
 * </pre>
 *
 * <p>A row of sums has three parts, {@code [n | r | z]}. The rows of the state serve twice: h for the last two parts, then r
 * h for the first.
 */
final class ClassicGates implements Gates {
    @Override
    public CellLayout layout(int layer) {
        return new CellLayout(
                3, new Span(0, 3), new Span(1, 3), blocks("W_", layer), blocks("U_", layer), blocks("b_", layer));
    }

    private static List<Block> blocks(String tensor, int layer) {
        var gates = List.of("h", "r", "z");
        return Stream.of(0, 1, 2)
                .map(part -> new Block(tensor + gates.get(part) + "_l" + layer, 0, 1, part))
                .toList();
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
        var rh = work.kept()[3];
        work.sigmoids(cell.hidden(), 1, 2, lanes);
        System.arraycopy(work.gates(), 0, r, 0, size);
        System.arraycopy(work.gates(), size, z, 0, size);
        Passes.product(rh, r, work.before(), size);
        Pairs.multiply(cell.stateRows(), 0, cell.hidden(), rh, 0, work.sums(), lanes, 0, cell.hidden());
        work.gather(0, cell.hidden(), lanes, n, 0);
        Activations.tanh(n, work.spare(), size);
        Passes.mix(work.after(), z, n, work.before(), size);
    }

    @Override
    public void back(CellGradient gradient, CellWork work, int lanes) {
        var size = lanes * gradient.hidden();
        var dh = gradient.ofState();
        var r = work.kept()[0];
        var z = work.kept()[1];
        var n = work.kept()[2];
        Passes.throughMix(gradient.part(2), dh, n, work.before(), z, size);
        ofCandidate(gradient.part(0), dh, z, n, size);
        var ofReset = gradient.throughState(0, work.kept()[3], lanes); // d(rh)
        Passes.throughProduct(gradient.part(1), ofReset, work.before(), r, size);
        direct(dh, z, ofReset, r, size);
    }

    /** dn = dh z (1 - n²). {@code dn} Modified. */
    private static void ofCandidate(float[] dn, float[] dh, float[] z, float[] n, int size) {
        for (int j = 0; j < size; j++) {
            dn[j] = dh[j] * z[j] * (1 - n[j] * n[j]);
        }
    }

    /** dh = dh (1 - z) + d r. {@code dh} Modified. */
    private static void direct(float[] dh, float[] z, float[] d, float[] r, int size) {
        for (int j = 0; j < size; j++) {
            dh[j] = dh[j] * (1 - z[j]) + d[j] * r[j];
        }
    }
}
