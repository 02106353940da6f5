package dev.gatecast.model;

import java.util.List;

/** The head at one origin of some lanes: forecasts, their loss, and the way back. Belongs to one thread. */
final class Scorer {
    private final Architecture shape;
    private final Head head;
    private final Loss loss;
    private final int lanes;
    private final HeadWork work;
    private final HeadGradient gradient;
    private final float[][] dOut; // (lanes, outputs)
    private final float[] h; // (lanes * hidden)
    private final float[] keepHidden; // (lanes * hidden), dropout's factors
    private final float[] keepUnits; // (lanes * units)
    private final float[][] dHidden; // (lanes, hidden)

    Scorer(Architecture shape, Head head, Loss loss, int lanes) {
        this.shape = shape;
        this.head = head;
        this.loss = loss;
        this.lanes = lanes;
        this.work = head.work(lanes);
        this.gradient = new HeadGradient(head, lanes);
        this.dOut = new float[lanes][shape.head().outputs()];
        this.h = new float[lanes * shape.hidden()];
        this.keepHidden = new float[lanes * shape.hidden()];
        this.keepUnits = new float[lanes * shape.head().units()];
        this.dHidden = new float[lanes][shape.hidden()];
    }

    /**
     * The loss at one origin, summed over the lanes from {@code first} on, and divided by nothing.
     *
     * @param states the lanes' states one after the other, from {@code at}. Not modified.
     * @param scale factor of the gradient
     */
    double score(Batch batch, int origin, int first, float[] states, int at, double scale, Dropout dropout) {
        var sizes = shape.head();
        var forecast = origin * batch.size() + first;
        System.arraycopy(states, at, h, 0, h.length);
        drop(dropout, forecast);
        var scored = batch.scored();
        head.first(
                h, 0, scored.profile(), forecast * sizes.profile(), scored.extras(), forecast * sizes.extras(), work);
        if (dropout.rate() > 0) {
            multiply(work.active(), keepUnits);
        }
        head.second(h, 0, work);
        var sum = 0.0;
        for (var lane = 0; lane < lanes; lane++) {
            var weight = scored.weight()[forecast + lane];
            var share = (float) (weight * scale);
            var targetAt = (forecast + lane) * sizes.horizons();
            sum += weight * loss.of(work.out()[lane], scored.target(), targetAt, share, dOut[lane]);
        }
        return sum;
    }

    private void drop(Dropout dropout, int forecast) {
        if (dropout.rate() > 0) {
            for (var lane = 0; lane < lanes; lane++) {
                var stream = 2L * (forecast + lane);
                dropout.mask(stream, keepHidden, lane * shape.hidden(), shape.hidden());
                dropout.mask(
                        stream + 1,
                        keepUnits,
                        lane * shape.head().units(),
                        shape.head().units());
            }
            multiply(h, keepHidden);
        }
    }

    /**
     * The way back from the last {@link #score}.
     *
     * @param dh gradient of the states, added to, (lanes, hidden). Modified.
     */
    void back(Batch batch, int origin, int first, float[][] dh, Dropout dropout) {
        var sizes = shape.head();
        var dSums = gradient.cleared();
        Rows.clear(dHidden);
        if (sizes.profile() > 0) {
            gradient.skip(dOut, lanes);
        }
        if (sizes.units() > 0) {
            gradient.second(work.active(), dOut, dSums, lanes);
            for (var lane = 0; lane < lanes; lane++) {
                throughRelu(dSums[lane], lane * sizes.units(), 1 / (1 - dropout.rate()));
            }
        } else {
            gradient.second(h, dOut, dHidden, lanes);
        }
        var forecast = origin * batch.size() + first;
        var scored = batch.scored();
        gradient.first(
                h,
                scored.profile(),
                forecast * sizes.profile(),
                scored.extras(),
                forecast * sizes.extras(),
                dHidden,
                lanes);
        addTo(dh, dropout);
    }

    /** Zero where the unit was off or dropped, which shows in what came out of it. {@code d} Modified. */
    private void throughRelu(float[] d, int at, float keep) {
        for (int unit = 0; unit < shape.head().units(); unit++) {
            d[unit] = work.active()[at + unit] > 0 ? d[unit] * keep : 0;
        }
    }

    private void addTo(float[][] dh, Dropout dropout) {
        for (var lane = 0; lane < lanes; lane++) {
            if (dropout.rate() > 0) {
                for (int j = 0, at = lane * shape.hidden(); j < shape.hidden(); j++, at++) {
                    dHidden[lane][j] *= keepHidden[at];
                }
            }
            Rows.add(dh[lane], dHidden[lane], 1, 0, shape.hidden());
        }
    }

    private static void multiply(float[] x, float[] factors) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factors[i];
        }
    }

    /** All sums, as rows. */
    List<float[][]> sums() {
        return gradient.sums();
    }

    /** Adds the sums to flat tensors. {@code into} Modified. */
    void addTo(Tensors into) {
        gradient.addTo(into);
    }
}
