package dev.gatecast.model;

import dev.gatecast.model.CellLayout.Block;
import dev.gatecast.model.CellLayout.Span;
import java.util.Arrays;
import java.util.List;

/**
 * PyTorch's long short-term memory; gates in its order i, f, g, o. The state of a layer is {@code [h | c]}.
 *
 * <pre>
 * i, f, o = σ(W_i x + b_i + W_h h + b_h)     g = tanh(the same)
 * c' = f c + i g
 * h' = o tanh(c')
 *
 * dc' += dh' o (1 - tanh²(c'))     do = dh' tanh(c') o (1 - o)
 * di = dc' g i (1 - i)             df = dc' c f (1 - f)     dg = dc' i (1 - g²)
 * dc = dc' f                       dh = W_h' [di; df; dg; do]
 * </pre>
 *
 * <p>A row of sums has four parts, {@code [i | f | o | g]}.
 */
final class LstmGates implements Gates {
    /** Adding numbers of size 1 or less one by one, floats get no further: 2^24 + 1 is rounded to 2^24. */
    private static final float MOST_CELL = 0x1p24f;

    @Override
    public CellLayout layout(int layer) {
        var all = new Span(0, 4);
        return new CellLayout(
                4,
                all,
                all,
                blocks("weight_ih_l" + layer),
                blocks("weight_hh_l" + layer),
                List.of(
                        new Block("bias_ih_l" + layer, 0, 2, 0),
                        new Block("bias_ih_l" + layer, 3, 1, 2),
                        new Block("bias_ih_l" + layer, 2, 1, 3),
                        new Block("bias_hh_l" + layer, 0, 2, 0),
                        new Block("bias_hh_l" + layer, 3, 1, 2),
                        new Block("bias_hh_l" + layer, 2, 1, 3)));
    }

    private static List<Block> blocks(String tensor) {
        return List.of(new Block(tensor, 0, 2, 0), new Block(tensor, 3, 1, 2), new Block(tensor, 2, 1, 3));
    }

    @Override
    public int keeps() {
        return 5;
    }

    @Override
    public int states() {
        return 2;
    }

    @Override
    public float limit(int state) {
        return state == 0 ? 1 : MOST_CELL;
    }

    @Override
    public void forward(Cell cell, CellWork work, int lanes) {
        var size = lanes * cell.hidden();
        var kept = work.kept();
        work.sigmoids(cell.hidden(), 0, 3, lanes);
        for (var gate = 0; gate < 3; gate++) {
            System.arraycopy(work.gates(), gate * size, kept[gate], 0, size);
        }
        var g = kept[3];
        var t = kept[4];
        work.gather(3 * cell.hidden(), cell.hidden(), lanes, g, 0);
        Activations.tanh(g, work.spare(), size);
        System.arraycopy(work.before(), work.half(), t, 0, size);
        remember(t, kept[0], kept[1], g, size);
        System.arraycopy(t, 0, work.after(), work.half(), size);
        Activations.tanh(t, work.spare(), size);
        Passes.product(work.after(), kept[2], t, size);
    }

    /** c = f c + i g. {@code c} Modified. */
    private static void remember(float[] c, float[] i, float[] f, float[] g, int size) {
        for (int j = 0; j < size; j++) {
            c[j] = f[j] * c[j] + i[j] * g[j];
        }
    }

    @Override
    public void back(CellGradient gradient, CellWork work, int lanes) {
        var size = lanes * gradient.hidden();
        var kept = work.kept();
        var dh = gradient.ofState();
        var dc = gradient.ofSecond();
        var t = kept[4];
        Passes.throughProduct(gradient.part(2), dh, t, kept[2], size);
        throughTangent(dc, dh, kept[2], t, size);
        Passes.throughProduct(gradient.part(0), dc, kept[3], kept[0], size);
        System.arraycopy(work.before(), work.half(), work.spare(), 0, size);
        Passes.throughProduct(gradient.part(1), dc, work.spare(), kept[1], size);
        ofCandidate(gradient.part(3), dc, kept[0], kept[3], size);
        Passes.product(dc, dc, kept[1], size);
        Arrays.fill(dh, 0, size, 0);
    }

    /** dc += dh o (1 - t²). {@code dc} Modified. */
    private static void throughTangent(float[] dc, float[] dh, float[] o, float[] t, int size) {
        for (int j = 0; j < size; j++) {
            dc[j] += dh[j] * o[j] * (1 - t[j] * t[j]);
        }
    }

    /** dg = dc i (1 - g²). {@code dg} Modified. */
    private static void ofCandidate(float[] dg, float[] dc, float[] i, float[] g, int size) {
        for (int j = 0; j < size; j++) {
            dg[j] = dc[j] * i[j] * (1 - g[j] * g[j]);
        }
    }
}
