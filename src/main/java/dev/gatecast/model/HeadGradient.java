package dev.gatecast.model;

import java.util.List;

/** The way back through {@link Head}, and the gradient of its weights summed over origins and lanes. */
final class HeadGradient {
    private final Head head;
    private final Architecture.Head shape;
    private final int hidden;
    private final float[][] inputSums; // (hidden + profile + extras, units + horizons)
    private final float[][] biasSum; // (1, units + horizons)
    private final float[][] outSums; // (units or hidden, outputs)
    private final float[][] outBiasSum; // (1, outputs)
    private final float[][] dSums; // (lanes, units + horizons)
    private final float[] flat; // (lanes * the larger of outputs and units)

    HeadGradient(Head head, int lanes) {
        this.head = head;
        this.shape = head.shape();
        this.hidden = head.hidden();
        var width = head.width();
        this.inputSums = new float[hidden + shape.profile() + shape.extras()][width];
        this.biasSum = new float[1][width];
        this.outSums = new float[shape.units() > 0 ? shape.units() : hidden][shape.outputs()];
        this.outBiasSum = new float[1][shape.outputs()];
        this.dSums = new float[lanes][width];
        this.flat = new float[lanes * Math.max(shape.outputs(), shape.units())];
    }

    /**
     * One origin back, for all lanes: the last linear map. Leaves the gradient of the hidden layer after relu, or of h
     * where there are no units, in {@code dInput}.
     *
     * @param input what that map saw: the hidden layer after relu, or h. Not modified.
     * @param dOut gradient of the forecasts, (lanes, outputs). Not modified.
     * @param dInput added to, (lanes, units or hidden). Modified.
     */
    void second(float[] input, float[][] dOut, float[][] dInput, int lanes) {
        var outputs = shape.outputs();
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(dOut[lane], 0, flat, lane * outputs, outputs);
        }
        Rows.multiply(head.outBack(), 0, outputs, flat, 0, dInput, lanes, 0, outSums.length);
        Rows.outer(outSums, 0, outSums.length, input, 0, dOut, lanes, 0, outputs);
        Rows.sum(outBiasSum[0], dOut, lanes, 0, outputs);
    }

    /** The gradient of the first half's sums, zeroed, for {@link #second} and {@link #first}. */
    float[][] cleared() {
        Rows.clear(dSums);
        return dSums;
    }

    /** Adds the gradient of c, the sum over each horizon's numbers that c is added to. */
    void skip(float[][] dOut, int lanes) {
        var located = shape.output().located();
        for (var lane = 0; lane < lanes; lane++) {
            var at = 0;
            for (var horizon = 0; horizon < shape.horizons(); horizon++) {
                var sum = 0f;
                for (var number = 0; number < located; number++) {
                    sum += dOut[lane][at + number];
                }
                at += shape.width();
                dSums[lane][shape.units() + horizon] = sum;
            }
        }
    }

    /**
     * The first half back, from the gradient of its sums.
     *
     * @param h what {@link Head#first} was given, as are profile and extras. Not modified.
     * @param dh gradient of h, added to, (lanes, hidden). Modified.
     */
    void first(float[] h, float[] profile, int profileAt, float[] extras, int extrasAt, float[][] dh, int lanes) {
        var units = shape.units();
        var width = head.width();
        Rows.outer(inputSums, 0, hidden, h, 0, dSums, lanes, 0, units);
        Rows.outer(inputSums, hidden, shape.profile(), profile, profileAt, dSums, lanes, 0, width);
        Rows.outer(inputSums, hidden + shape.profile(), shape.extras(), extras, extrasAt, dSums, lanes, 0, units);
        Rows.sum(biasSum[0], dSums, lanes, 0, width);
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(dSums[lane], 0, flat, lane * units, units);
        }
        Rows.multiply(head.hiddenBack(), 0, units, flat, 0, dh, lanes, 0, hidden);
    }

    /** After {@link #first}: the gradient of the last of the extras, added to, (lanes, width). {@code d} Modified. */
    void category(float[][] d, int lanes) {
        Rows.multiply(head.categoryBack(), 0, shape.units(), flat, 0, d, lanes, 0, d[0].length);
    }

    /** The sums, as rows. */
    List<float[][]> sums() {
        return List.of(inputSums, biasSum, outSums, outBiasSum);
    }

    /** Adds the sums to flat tensors. {@code gradient} Modified. */
    void addTo(Tensors gradient) {
        var units = shape.units();
        var horizons = shape.horizons();
        if (shape.profile() > 0) {
            var skip = gradient.values(HeadLayout.SKIP_WEIGHT);
            Rows.addBack(inputSums, hidden, shape.profile(), units, skip, 0, horizons);
            Rows.addTo(gradient.values(HeadLayout.SKIP_BIAS), 0, biasSum[0], units, horizons);
        }
        if (units > 0) {
            Rows.addBack(inputSums, 0, inputSums.length, 0, gradient.values(HeadLayout.HIDDEN_WEIGHT), 0, units);
            Rows.addTo(gradient.values(HeadLayout.HIDDEN_BIAS), 0, biasSum[0], 0, units);
        }
        Rows.addBack(outSums, 0, outSums.length, 0, gradient.values(HeadLayout.OUT_WEIGHT), 0, shape.outputs());
        Rows.addTo(gradient.values(HeadLayout.OUT_BIAS), 0, outBiasSum[0], 0, shape.outputs());
    }
}
