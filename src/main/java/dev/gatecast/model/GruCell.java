package dev.gatecast.model;

/**
 * PyTorch's gated recurrent unit.
 *
 * <pre>
 * r = σ(W_ir x + b_ir + W_hr h + b_hr)
 * z = σ(W_iz x + b_iz + W_hz h + b_hz)
 * n = tanh(W_in x + b_in + r (W_hn h + b_hn))
 * h' = (1 - z) n + z h
 * </pre>
 *
 * <p>A row of sums has four parts of hidden columns, {@code [W_in x | r | z | W_hn h]}: the rows of the inputs cover the
 * first three, those of the state the last three.
 */
final class GruCell implements Cell {
    private final GruLayout names;
    private final int inputs;
    private final int hidden;
    private final float[][] inputRows; // (inputs, 3 hidden)
    private final float[][] hiddenRows; // (hidden, 4 hidden), the first part unused
    private final float[] bias; // (4 hidden)
    private float[][] hiddenBack = {}; // (3 hidden, hidden), r z n
    private float[][] inputBack = {}; // (3 hidden, inputs), n r z

    GruCell(int layer, int inputs, int hidden) {
        this.names = GruLayout.of(layer);
        this.inputs = inputs;
        this.hidden = hidden;
        this.inputRows = new float[inputs][3 * hidden];
        this.hiddenRows = new float[hidden][4 * hidden];
        this.bias = new float[4 * hidden];
    }

    @Override
    public void load(Tensors tensors) {
        var ofInput = tensors.values(names.inputWeight());
        var ofHidden = tensors.values(names.hiddenWeight());
        for (var gate = 0; gate < 3; gate++) { // r, z, n
            Rows.byInput(ofInput, gate * hidden, hidden, inputRows, 0, inputs, (gate + 1) % 3 * hidden);
            Rows.byInput(ofHidden, gate * hidden, hidden, hiddenRows, 0, hidden, (gate + 1) * hidden);
        }
        var inputBias = tensors.values(names.inputBias());
        System.arraycopy(inputBias, 2 * hidden, bias, 0, hidden);
        System.arraycopy(inputBias, 0, bias, hidden, 2 * hidden);
        var hiddenBias = tensors.values(names.hiddenBias());
        Rows.addTo(bias, hidden, hiddenBias, 0, 2 * hidden);
        System.arraycopy(hiddenBias, 2 * hidden, bias, 3 * hidden, hidden);
    }

    @Override
    public void loadBack(Tensors tensors) {
        if (hiddenBack.length == 0) {
            hiddenBack = new float[3 * hidden][hidden];
            inputBack = new float[3 * hidden][inputs];
        }
        Rows.byOutput(tensors.values(names.hiddenWeight()), 0, 3 * hidden, hiddenBack, 0);
        for (var gate = 0; gate < 3; gate++) {
            Rows.byOutput(
                    tensors.values(names.inputWeight()), gate * hidden, hidden, inputBack, (gate + 1) % 3 * hidden);
        }
    }

    @Override
    public CellGradient gradient(int lanes) {
        return new GruGradient(this, lanes);
    }

    GruLayout names() {
        return names;
    }

    int inputs() {
        return inputs;
    }

    int hidden() {
        return hidden;
    }

    float[][] hiddenBack() {
        return hiddenBack;
    }

    float[][] inputBack() {
        return inputBack;
    }

    @Override
    public int width() {
        return 4 * hidden;
    }

    @Override
    public int keeps() {
        return 4;
    }

    @Override
    public void step(float[] x, int xAt, float[] h, int hAt, int nextAt, CellWork work) {
        var sums = work.sums();
        var lanes = work.lanes();
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(bias, 0, sums[lane], 0, 4 * hidden);
        }
        Rows.multiply(inputRows, 0, inputs, x, xAt, sums, lanes, 0, 3 * hidden);
        Rows.multiply(hiddenRows, 0, hidden, h, hAt, sums, lanes, hidden, 4 * hidden);
        var before = work.before();
        for (var lane = 0; lane < lanes; lane++) {
            var offset = lane * hidden;
            System.arraycopy(h, hAt + offset, before, 0, hidden);
            var after = gates(sums[lane], before, work.kept()[lane]);
            System.arraycopy(after, 0, h, nextAt + offset, hidden);
        }
    }

    /** From the sums to the state, which takes the place of the first part of {@code sums}. All Modified but before. */
    private float[] gates(float[] sums, float[] before, float[][] kept) {
        var r = kept[0];
        var z = kept[1];
        var n = kept[2];
        var m = kept[3]; // W_hn h + b_hn
        Activations.sigmoid(sums, hidden, 3 * hidden);
        System.arraycopy(sums, 0, n, 0, hidden);
        System.arraycopy(sums, hidden, r, 0, hidden);
        System.arraycopy(sums, 2 * hidden, z, 0, hidden);
        System.arraycopy(sums, 3 * hidden, m, 0, hidden);
        addProduct(n, r, m);
        Activations.tanh(n, 0, hidden);
        mix(sums, z, before, n, hidden);
        return sums;
    }

    /** n += r m. */
    private static void addProduct(float[] n, float[] r, float[] m) {
        for (int j = 0; j < n.length; j++) {
            n[j] += r[j] * m[j];
        }
    }

    /** y = (1 - z) b + z a, for the first {@code n}. {@code y} Modified. */
    static void mix(float[] y, float[] z, float[] a, float[] b, int n) {
        for (int j = 0; j < n; j++) {
            y[j] = (1 - z[j]) * b[j] + z[j] * a[j];
        }
    }
}
