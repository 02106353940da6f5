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
        System.arraycopy(h, hAt, work.before(), 0, lanes * hidden);
        gates(work);
        mix(h, nextAt, work.kept()[1], work.before(), work.kept()[2], work.spare());
    }

    /** From the sums to r, z, n and m, where {@code kept} is Modified. */
    private void gates(CellWork work) {
        var r = work.kept()[0];
        var z = work.kept()[1];
        var n = work.kept()[2];
        var m = work.kept()[3]; // W_hn h + b_hn
        var size = r.length;
        work.gather(hidden, hidden, work.pair(), 0);
        work.gather(2 * hidden, hidden, work.pair(), size);
        Activations.sigmoid(work.pair(), work.spare(), 2 * size);
        System.arraycopy(work.pair(), 0, r, 0, size);
        System.arraycopy(work.pair(), size, z, 0, size);
        work.gather(0, hidden, n, 0);
        work.gather(3 * hidden, hidden, m, 0);
        addProduct(n, r, m);
        Activations.tanh(n, work.spare(), size);
    }

    /** n += r m. */
    private static void addProduct(float[] n, float[] r, float[] m) {
        for (int j = 0; j < n.length; j++) {
            n[j] += r[j] * m[j];
        }
    }

    /** h = (1 - z) b + z a, by way of {@code spare}. {@code h} Modified from {@code at} on. */
    static void mix(float[] h, int at, float[] z, float[] a, float[] b, float[] spare) {
        for (int j = 0; j < z.length; j++) {
            spare[j] = (1 - z[j]) * b[j] + z[j] * a[j];
        }
        System.arraycopy(spare, 0, h, at, z.length);
    }
}
