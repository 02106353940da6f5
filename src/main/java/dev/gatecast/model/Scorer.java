package dev.gatecast.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head at one origin of some lanes: forecasts, their loss, and the way back. Belongs to one thread. */
final class Scorer {
    private final Architecture shape;
    private final Head head;
    private final Lookback attention;
    private final Loss loss;
    private final HeadWork work;
    private final HeadGradient gradient;
    private final float[][] dOut; // (lanes, outputs)
    private final float[] h; // (lanes * hidden)
    private final float[] keepHidden; // (lanes * hidden), dropout's factors
    private final float[] keepUnits; // (lanes * units)
    private final float[][] dHidden; // (lanes, hidden)
    private final LookbackWork lookback;
    private final LookbackGradient lookbackGradient;

    Scorer(Layers layers, Loss loss, int lanes) {
        this.shape = layers.shape();
        this.head = layers.head();
        this.attention = layers.attention();
        this.loss = loss;
        this.work = new HeadWork(head, lanes);
        this.gradient = new HeadGradient(head, lanes);
        this.dOut = new float[lanes][shape.head().outputs()];
        this.h = new float[lanes * shape.hidden()];
        this.keepHidden = new float[lanes * shape.hidden()];
        this.keepUnits = new float[lanes * shape.head().units()];
        this.dHidden = new float[lanes][shape.hidden()];
        this.lookback = new LookbackWork(attention, attends() ? lanes : 0);
        this.lookbackGradient = new LookbackGradient(attention, attends() ? lanes : 0);
    }

    private boolean attends() {
        return shape.options().attends();
    }

    /**
     * The loss at one origin, summed over the lanes from {@code first} on that have not ended, and divided by nothing.
     *
     * @param scale factor of the gradient
     */
    double score(Batch batch, int origin, int first, Unrolled unrolled, double scale, Dropout dropout) {
        var sizes = shape.head();
        var forecast = origin * batch.size() + first;
        var step = batch.scored().origins()[origin];
        var active = unrolled.running(step);
        see(unrolled, step, active);
        drop(dropout, forecast, active);
        var scored = batch.scored();
        head.first(
                h,
                0,
                scored.profile(),
                forecast * sizes.profile(),
                scored.extras(),
                forecast * sizes.extras(),
                work,
                active);
        if (dropout.rate() > 0) {
            multiply(work.active(), keepUnits);
        }
        head.second(h, 0, work, active);
        var sum = 0.0;
        for (var lane = 0; lane < active; lane++) {
            var weight = scored.weight()[forecast + lane];
            var share = (float) (weight * scale);
            sum += weight * horizons(work.out()[lane], scored, forecast + lane, share, dOut[lane]);
        }
        return sum;
    }

    /** The loss summed over the horizons whose target is known. {@code d} Modified. */
    private double horizons(float[] out, Batch.Scored scored, int forecast, float share, float[] d) {
        var width = shape.head().width();
        var target = scored.target();
        var newest = newest(scored.profile(), forecast);
        var sum = 0.0;
        for (int from = 0, at = forecast * shape.head().horizons(); from < out.length; from += width, at++) {
            if (Float.isNaN(target[at])) {
                Arrays.fill(d, from, from + width, 0);
            } else {
                sum += loss.of(out, from, target[at], newest, share, d);
            }
        }
        return sum;
    }

    /** The last of the recent values that the head sees. */
    private float newest(float[] profile, int forecast) {
        var n = shape.head().profile();
        return n == 0 ? 0 : profile[(forecast + 1) * n - 1];
    }

    /** What the head sees of the states: the newest, or what attention makes of the last. */
    private void see(Unrolled unrolled, int step, int active) {
        if (attends()) {
            unrolled.remembered().show(unrolled, step, lookback);
            attention.forward(lookback, active);
            System.arraycopy(lookback.out, 0, h, 0, active * shape.hidden());
        } else {
            System.arraycopy(unrolled.top(), unrolled.at(step + 1), h, 0, active * shape.hidden());
        }
    }

    private void drop(Dropout dropout, int forecast, int active) {
        if (dropout.rate() > 0) {
            for (var lane = 0; lane < active; lane++) {
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
     * @param unrolled The gradients of its states are added to. Modified.
     * @param dCategory gradient of the last of the extras, (lanes, width), added to; null where nobody asks. Modified.
     */
    void back(Batch batch, int origin, int first, Unrolled unrolled, Dropout dropout, float @Nullable [][] dCategory) {
        var sizes = shape.head();
        var active = unrolled.running(batch.scored().origins()[origin]);
        var dSums = gradient.cleared();
        Rows.clear(dHidden);
        if (sizes.profile() > 0) {
            gradient.skip(dOut, active);
        }
        if (sizes.units() > 0) {
            gradient.second(work.active(), dOut, dSums, active);
            for (var lane = 0; lane < active; lane++) {
                throughRelu(dSums[lane], lane * sizes.units(), 1 / (1 - dropout.rate()));
            }
        } else {
            gradient.second(h, dOut, dHidden, active);
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
                active);
        if (dCategory != null) {
            gradient.category(dCategory, active);
        }
        undrop(dropout, active);
        if (attends()) {
            var into = unrolled.remembered().gradients(scored.origins()[origin]);
            lookbackGradient.back(lookback, dHidden, into, active);
        } else {
            for (var lane = 0; lane < active; lane++) {
                Rows.add(unrolled.dTop()[lane], dHidden[lane], 1, 0, shape.hidden());
            }
        }
    }

    /** Zero where the unit was off or dropped, which shows in what came out of it. {@code d} Modified. */
    private void throughRelu(float[] d, int at, float keep) {
        for (int unit = 0; unit < shape.head().units(); unit++) {
            d[unit] = work.active()[at + unit] > 0 ? d[unit] * keep : 0;
        }
    }

    private void undrop(Dropout dropout, int active) {
        if (dropout.rate() > 0) {
            for (var lane = 0; lane < active; lane++) {
                for (int j = 0, at = lane * shape.hidden(); j < shape.hidden(); j++, at++) {
                    dHidden[lane][j] *= keepHidden[at];
                }
            }
        }
    }

    private static void multiply(float[] x, float[] factors) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factors[i];
        }
    }

    /** All sums, as rows. */
    List<float[][]> sums() {
        var all = new ArrayList<>(gradient.sums());
        all.addAll(lookbackGradient.sums());
        return all;
    }

    /** Adds the sums to flat tensors. {@code into} Modified. */
    void addTo(Tensors into) {
        gradient.addTo(into);
        if (attends()) {
            attention.addTo(lookbackGradient, into);
        }
    }
}
