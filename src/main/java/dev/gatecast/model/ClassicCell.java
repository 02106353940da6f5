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
        System.arraycopy(h, hAt, work.before(), 0, lanes * hidden);
        gates(work);
        GruCell.mix(h, nextAt, work.kept()[1], work.kept()[2], work.before(), work.spare());
    }

    /** From the sums to r, z, n and r h, where {@code kept} is Modified. */
    private void gates(CellWork work) {
        var r = work.kept()[0];
        var z = work.kept()[1];
        var n = work.kept()[2];
        var rh = work.kept()[3];
        var size = r.length;
        work.gather(hidden, hidden, work.pair(), 0);
        work.gather(2 * hidden, hidden, work.pair(), size);
        Activations.sigmoid(work.pair(), work.spare(), 2 * size);
        System.arraycopy(work.pair(), 0, r, 0, size);
        System.arraycopy(work.pair(), size, z, 0, size);
        product(rh, r, work.before());
        Rows.multiply(hiddenRows, 0, hidden, rh, 0, work.sums(), work.lanes(), 0, hidden);
        work.gather(0, hidden, n, 0);
        Activations.tanh(n, work.spare(), size);
    }

    /** y = a b. */
    static void product(float[] y, float[] a, float[] b) {
        for (int j = 0; j < y.length; j++) {
            y[j] = a[j] * b[j];
        }
    }
}
