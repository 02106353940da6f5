package dev.gatecast.model;

import dev.gatecast.model.CellLayout.Block;
import dev.gatecast.model.CellLayout.Span;
import java.util.Arrays;
import java.util.List;

/**
 * The simple recurrent network with a tangent, as in PyTorch.
 *
 * <pre>
 * h' = tanh(W_ih x + b_ih + W_hh h + b_hh)
 *
 * da = dh' (1 - h'²)     dh = W_hh' da
 * </pre>
 */
final class RnnGates implements Gates {
    @Override
    public CellLayout layout(int layer) {
        var all = new Span(0, 1);
        return new CellLayout(
                1,
                all,
                all,
                List.of(new Block("weight_ih_l" + layer, 0, 1, 0)),
                List.of(new Block("weight_hh_l" + layer, 0, 1, 0)),
                List.of(new Block("bias_ih_l" + layer, 0, 1, 0), new Block("bias_hh_l" + layer, 0, 1, 0)));
    }

    @Override
    public int keeps() {
        return 1;
    }

    @Override
    public int states() {
        return 1;
    }

    @Override
    public float limit(int state) {
        return 1;
    }

    @Override
    public void forward(Cell cell, CellWork work, int lanes) {
        var size = lanes * cell.hidden();
        var n = work.kept()[0];
        work.gather(0, cell.hidden(), lanes, n, 0);
        Activations.tanh(n, work.spare(), size);
        System.arraycopy(n, 0, work.after(), 0, size);
    }

    @Override
    public void back(CellGradient gradient, CellWork work, int lanes) {
        var size = lanes * gradient.hidden();
        throughTangent(gradient.part(0), gradient.ofState(), work.kept()[0], size);
        Arrays.fill(gradient.ofState(), 0, size, 0);
    }

    /** da = dh (1 - n²). {@code da} Modified. */
    private static void throughTangent(float[] da, float[] dh, float[] n, int size) {
        for (int j = 0; j < size; j++) {
            da[j] = dh[j] * (1 - n[j] * n[j]);
        }
    }
}
