package dev.gatecast.model;

/**
 * The gated recurrent unit of Cho et al. 2014.
 *
 * <pre>
 * r = σ(W_r x + U_r h + b_r)
 * z = σ(W_z x + U_z h + b_z)
 * n = tanh(W_h x + U_h (r h) + b_h)
 * h' = (1 - z) h + z n
 * </pre>
 *
 * <p>A row of sums has three parts of hidden columns, {@code [n | r | z]}. The rows of the state serve twice: h for the
 * last two parts, then r h for the first.
 */
final class ClassicCell implements Cell {
    private final ClassicLayout names;
    private final int inputs;
    private final int hidden;
    private final float[][] inputRows; // (inputs, 3 hidden)
    private final float[][] hiddenRows; // (hidden, 3 hidden)
    private final float[] bias; // (3 hidden)
    private float[][] hiddenBack = {}; // (3 hidden, hidden)
    private float[][] inputBack = {}; // (3 hidden, inputs)

    ClassicCell(int layer, int inputs, int hidden) {
        this.names = ClassicLayout.of(layer);
        this.inputs = inputs;
        this.hidden = hidden;
        this.inputRows = new float[inputs][3 * hidden];
        this.hiddenRows = new float[hidden][3 * hidden];
        this.bias = new float[3 * hidden];
    }

    @Override
    public void load(Tensors tensors) {
        for (var part = 0; part < 3; part++) {
            Rows.byInput(tensors.values(names.input(part)), 0, hidden, inputRows, 0, inputs, part * hidden);
            Rows.byInput(tensors.values(names.hidden(part)), 0, hidden, hiddenRows, 0, hidden, part * hidden);
            System.arraycopy(tensors.values(names.bias(part)), 0, bias, part * hidden, hidden);
        }
    }

    @Override
    public void loadBack(Tensors tensors) {
        if (hiddenBack.length == 0) {
            hiddenBack = new float[3 * hidden][hidden];
            inputBack = new float[3 * hidden][inputs];
        }
        for (var part = 0; part < 3; part++) {
            Rows.byOutput(tensors.values(names.hidden(part)), 0, hidden, hiddenBack, part * hidden);
            Rows.byOutput(tensors.values(names.input(part)), 0, hidden, inputBack, part * hidden);
        }
    }

    @Override
    public CellGradient gradient(int lanes) {
        return new ClassicGradient(this, lanes);
    }

    ClassicLayout names() {
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
        return 3 * hidden;
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
            System.arraycopy(bias, 0, sums[lane], 0, 3 * hidden);
        }
        Rows.multiply(inputRows, 0, inputs, x, xAt, sums, lanes, 0, 3 * hidden);
        Rows.multiply(hiddenRows, 0, hidden, h, hAt, sums, lanes, hidden, 3 * hidden);
        for (var lane = 0; lane < lanes; lane++) {
            lane(h, hAt + lane * hidden, nextAt + lane * hidden, lane, work);
        }
    }

    private void lane(float[] h, int hAt, int nextAt, int lane, CellWork work) {
        var sums = work.sums();
        var kept = work.kept()[lane];
        var before = work.before();
        var r = kept[0];
        var z = kept[1];
        var n = kept[2];
        var rh = kept[3];
        System.arraycopy(h, hAt, before, 0, hidden);
        Activations.sigmoid(sums[lane], hidden, 3 * hidden);
        System.arraycopy(sums[lane], hidden, r, 0, hidden);
        System.arraycopy(sums[lane], 2 * hidden, z, 0, hidden);
        product(rh, r, before);
        Rows.multiply(hiddenRows, rh, sums[lane], 0, hidden);
        System.arraycopy(sums[lane], 0, n, 0, hidden);
        Activations.tanh(n, 0, hidden);
        GruCell.mix(sums[lane], z, n, before, hidden);
        System.arraycopy(sums[lane], 0, h, nextAt, hidden);
    }

    /** y = a b. */
    private static void product(float[] y, float[] a, float[] b) {
        for (int j = 0; j < y.length; j++) {
            y[j] = a[j] * b[j];
        }
    }
}
