package dev.gatecast.model;

/**
 * The head with its weights compiled into row arrays. Only loading changes it.
 *
 * <pre>
 * c = skip(profile)
 * a = relu(W1 [h; profile; extras] + b1)
 * r = W2 a + b2
 * out[h, q] = c_h + r_hq   for the numbers that lie where the values do, r_hq for the others
 * </pre>
 *
 * <p>A row of sums has two parts, {@code [W1 ... | c]}, so that one pass over the profile serves both paths.
 */
final class Head {
    private final Architecture.Head shape;
    private final int hidden;
    private final float[][] inputRows; // (hidden + profile + extras, units + horizons)
    private final float[] bias; // (units + horizons)
    private final float[][] outRows; // (units or hidden, outputs)
    private final float[] outBias; // (outputs)
    private final int categoryWidth;
    private float[][] hiddenBack = {}; // (units, hidden)
    private float[][] categoryBack = {}; // (units, category's width), the last of the extras
    private float[][] outBack = {}; // (outputs, units or hidden)

    Head(Architecture all) {
        this.shape = all.head();
        this.hidden = all.hidden();
        this.categoryWidth = all.options().categories().width();
        this.inputRows = new float[hidden + shape.profile() + shape.extras()][width()];
        this.bias = new float[width()];
        this.outRows = new float[HeadLayout.outInputs(all)][shape.outputs()];
        this.outBias = new float[shape.outputs()];
    }

    /** Takes over weights. Before it, all are zero. */
    void load(Tensors tensors) {
        var units = shape.units();
        if (shape.profile() > 0) {
            var skip = tensors.values(HeadLayout.SKIP_WEIGHT);
            Rows.byInput(skip, 0, shape.horizons(), inputRows, hidden, shape.profile(), units);
            System.arraycopy(tensors.values(HeadLayout.SKIP_BIAS), 0, bias, units, shape.horizons());
        }
        if (units > 0) {
            Rows.byInput(tensors.values(HeadLayout.HIDDEN_WEIGHT), 0, units, inputRows, 0, inputRows.length, 0);
            System.arraycopy(tensors.values(HeadLayout.HIDDEN_BIAS), 0, bias, 0, units);
        }
        Rows.byInput(tensors.values(HeadLayout.OUT_WEIGHT), 0, shape.outputs(), outRows, 0, outRows.length, 0);
        System.arraycopy(tensors.values(HeadLayout.OUT_BIAS), 0, outBias, 0, shape.outputs());
    }

    /** Takes over the weights for the way back as well. */
    void loadBack(Tensors tensors) {
        if (outBack.length == 0) {
            hiddenBack = new float[shape.units()][hidden];
            categoryBack = new float[shape.units()][categoryWidth];
            outBack = new float[shape.outputs()][outRows.length];
        }
        Rows.byOutput(tensors.values(HeadLayout.OUT_WEIGHT), 0, shape.outputs(), outBack, 0);
        if (shape.units() > 0) {
            var weight = tensors.values(HeadLayout.HIDDEN_WEIGHT);
            for (var unit = 0; unit < shape.units(); unit++) {
                System.arraycopy(weight, unit * inputRows.length, hiddenBack[unit], 0, hidden);
                var last = (unit + 1) * inputRows.length - categoryWidth;
                System.arraycopy(weight, last, categoryBack[unit], 0, categoryWidth);
            }
        }
    }

    Architecture.Head shape() {
        return shape;
    }

    int hidden() {
        return hidden;
    }

    float[][] hiddenBack() {
        return hiddenBack;
    }

    float[][] categoryBack() {
        return categoryBack;
    }

    float[][] outBack() {
        return outBack;
    }

    /** Length of a row of sums. */
    int width() {
        return shape.units() + (shape.profile() > 0 ? shape.horizons() : 0);
    }

    float[][] inputRows() {
        return inputRows;
    }

    float[][] outRows() {
        return outRows;
    }

    /**
     * The first half, for some lanes: c and a. {@code work} Modified.
     *
     * @param h the lanes' states one after the other, from {@code hAt}; profile and extras likewise, both from 0 in a live
     *     network. Not modified.
     */
    void first(
            float[] h,
            int hAt,
            float[] profile,
            int profileAt,
            float[] extras,
            int extrasAt,
            HeadWork work,
            int lanes) {
        var sums = work.sums();
        var units = shape.units();
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(bias, 0, sums[lane], work.lead(), bias.length);
        }
        if (work.tiles() != null) {
            work.tiles().first(h, hAt, profile, extras, sums);
        } else {
            Rows.multiply(inputRows, 0, hidden, h, hAt, sums, lanes, 0, units);
            Rows.multiply(inputRows, hidden, shape.profile(), profile, profileAt, sums, lanes, 0, bias.length);
            Rows.multiply(inputRows, hidden + shape.profile(), shape.extras(), extras, extrasAt, sums, lanes, 0, units);
        }
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(sums[lane], work.lead(), work.active(), lane * units, units);
        }
        positive(work.active(), lanes * units);
    }

    /** The second half, for some lanes: r and out. {@code work} Modified; h Not modified. */
    void second(float[] h, int hAt, HeadWork work, int lanes) {
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(outBias, 0, work.last()[lane], work.lead(), outBias.length);
        }
        var x = shape.units() > 0 ? work.active() : h;
        var at = shape.units() > 0 ? 0 : hAt;
        if (work.tiles() != null) {
            work.tiles().second(x, at, work.last());
        } else {
            Rows.multiply(outRows, 0, outRows.length, x, at, work.last(), lanes, 0, outBias.length);
        }
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(work.last()[lane], work.lead(), work.out()[lane], 0, outBias.length);
            if (shape.profile() > 0) {
                addSkip(work.sums()[lane], work.lead() + shape.units(), work.out()[lane]);
            }
        }
    }

    /** out[h, q] += c_h, which are in the sums from a place on. {@code out} Modified. */
    private void addSkip(float[] sums, int skipAt, float[] out) {
        var located = shape.output().located();
        var at = 0;
        for (var horizon = 0; horizon < shape.horizons(); horizon++) {
            var skip = sums[skipAt + horizon];
            for (var number = 0; number < located; number++) {
                out[at + number] += skip;
            }
            at += shape.width();
        }
    }

    private static void positive(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(x[i], 0);
        }
    }
}
