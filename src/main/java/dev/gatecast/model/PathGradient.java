package dev.gatecast.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Gradients of one of a network's outputs by all that it sees, at points along the straight way from nothing to what it saw:
 * what integrated gradients (Sundararajan, Taly, Yan 2017) are the mean of. Belongs to one thread.
 *
 * <p>The state before the first step stays as it is. The recurrent part goes back through {@link Backprop}, all points as one
 * batch; the head's own inputs are few products.
 */
public final class PathGradient {
    /** Points on the way, at (j + 1/2) / POINTS. */
    public static final int POINTS = 128;

    private final Network network;
    private final Network.Scratch scratch;
    private final Architecture shape;
    private final int steps;
    private final Parameters weights;
    private final Parameters ignored;
    private final OneOutput loss;
    private final Backprop backprop;
    private final Batch batch;
    private final float[] ends; // (POINTS, stateSize)
    private final float[] skip; // (horizons, profile), empty without a profile
    private final float[][] ofState; // (units, hidden), the head's hidden layer
    private final float[][] ofOwn; // (units, profile + extras)
    private final float[] bias; // (units)
    private final float[] last; // (outputs, units or hidden)

    /**
     * What the network saw.
     *
     * @param x inputs of the last steps, (steps, inputs)
     * @param before state before the first of them, (stateSize)
     * @param profile (profile)
     * @param extras (extras)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Seen(float[] x, float[] before, float[] profile, float[] extras) {}

    /**
     * What one point gave.
     *
     * @param value the output
     * @param x its gradient by the inputs, (steps, inputs)
     * @param profile (profile)
     * @param extras (extras)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Point(float value, float[] x, float[] profile, float[] extras) {}

    /** Gradients through a number of steps. */
    public PathGradient(Network network, int steps) {
        this.network = network;
        this.scratch = network.newScratch();
        this.shape = network.architecture();
        this.steps = steps;
        this.weights = Parameters.of(network);
        this.ignored = new Parameters(shape);
        var head = shape.head();
        this.loss = new OneOutput(head.width());
        this.backprop = new Backprop(shape, loss, Runnable::run);
        var ones = new float[POINTS];
        Arrays.fill(ones, 1);
        var scored = new Batch.Scored(
                new int[] {steps - 1},
                new float[POINTS * head.profile()],
                new float[POINTS * head.extras()],
                new float[POINTS * head.horizons()],
                ones);
        this.batch = new Batch(
                steps,
                POINTS,
                new float[steps * POINTS * shape.inputs()],
                new float[POINTS * shape.stateSize()],
                scored);
        backprop.keepInputs(batch);
        this.ends = new float[POINTS * shape.stateSize()];
        var tensors = network.tensors();
        this.skip = values(tensors, HeadLayout.SKIP_WEIGHT);
        this.ofState = new float[head.units()][shape.hidden()];
        this.ofOwn = new float[head.units()][head.profile() + head.extras()];
        this.bias = values(tensors, HeadLayout.HIDDEN_BIAS);
        this.last = values(tensors, HeadLayout.OUT_WEIGHT);
        var first = values(tensors, HeadLayout.HIDDEN_WEIGHT);
        for (int unit = 0, at = 0; unit < head.units(); unit++) {
            System.arraycopy(first, at, ofState[unit], 0, shape.hidden());
            at += shape.hidden();
            System.arraycopy(first, at, ofOwn[unit], 0, ofOwn[unit].length);
            at += ofOwn[unit].length;
        }
    }

    /**
     * The points on the way.
     *
     * @param output index of the output, horizon by horizon
     */
    public Point[] along(Seen seen, int output) {
        for (var point = 0; point < POINTS; point++) {
            fill(seen, point, share(point));
        }
        loss.output = output;
        backprop.gradient(weights, batch, ignored, Dropout.NONE);
        backprop.ends(batch, ends);
        var whole = new float[ofOwn.length];
        for (var unit = 0; unit < whole.length; unit++) {
            whole[unit] = dot(ofOwn[unit], 0, seen.profile) + dot(ofOwn[unit], seen.profile.length, seen.extras);
        }
        var points = new Point[POINTS];
        for (var point = 0; point < POINTS; point++) {
            points[point] = point(seen, point, output, whole);
        }
        return points;
    }

    /** The output where everything seen is multiplied with a share. */
    public float value(Seen seen, float share, int output) {
        return outputs(seen, after(seen, share), share)[output];
    }

    /**
     * The output that is a quantile of a horizon once its quantiles are put in order; of a distribution its location.
     *
     * @param horizon from 0
     * @param rank of the quantile, from 0
     */
    public int ranked(Seen seen, int horizon, int rank) {
        var ordered = shape.head().output().ordered();
        var from = horizon * shape.head().width();
        if (ordered == 0) {
            return from;
        }
        var out = outputs(seen, after(seen, 1), 1);
        return IntStream.range(from, from + ordered)
                .boxed()
                .sorted(Comparator.comparingDouble(at -> out[at]))
                .skip(rank)
                .findFirst()
                .orElse(from + rank);
    }

    private float[] outputs(Seen seen, float[] hidden, float share) {
        var out = new float[shape.head().outputs()];
        network.head(hidden, times(share, seen.profile), times(share, seen.extras), out, scratch);
        return out;
    }

    private static float share(int point) {
        return (point + 0.5f) / POINTS;
    }

    private void fill(Seen seen, int point, float share) {
        var inputs = shape.inputs();
        for (var step = 0; step < steps; step++) {
            var to = (step * POINTS + point) * inputs;
            for (var i = 0; i < inputs; i++) {
                batch.x()[to + i] = share * seen.x[step * inputs + i];
            }
        }
        var scored = batch.scored();
        System.arraycopy(seen.before, 0, batch.initial(), point * seen.before.length, seen.before.length);
        copy(times(share, seen.profile), scored.profile(), point);
        copy(times(share, seen.extras), scored.extras(), point);
    }

    /** @param whole what the head's own inputs add to each unit's sum at the end of the way, (units) */
    private Point point(Seen seen, int point, int output, float[] whole) {
        var inputs = shape.inputs();
        var x = new float[steps * inputs];
        var head = shape.head();
        var scale = (float) POINTS * head.horizons() * head.output().terms(); // the loss is a mean over all of them
        for (var step = 0; step < steps; step++) {
            var d = backprop.dInput(step, point);
            for (var i = 0; i < inputs; i++) {
                x[step * inputs + i] = scale * d[i];
            }
        }
        var state = shape.stateSize();
        var hidden = Arrays.copyOfRange(ends, point * state, (point + 1) * state);
        var ofHead = head(hidden, share(point), output, whole);
        var profile = seen.profile.length;
        return new Point(
                outputs(seen, hidden, share(point))[output],
                x,
                Arrays.copyOf(ofHead, profile),
                Arrays.copyOfRange(ofHead, profile, ofHead.length));
    }

    /** Gradient of the output by the head's own inputs, (profile + extras). */
    private float[] head(float[] after, float share, int output, float[] whole) {
        var head = shape.head();
        var d = new float[head.profile() + head.extras()];
        if (head.profile() > 0 && output % head.width() < head.output().located()) {
            System.arraycopy(skip, output / head.width() * head.profile(), d, 0, head.profile());
        }
        var state = network.seen(after);
        for (var unit = 0; unit < whole.length; unit++) {
            if (bias[unit] + dot(ofState[unit], 0, state) + share * whole[unit] > 0) { // the unit is on
                Rows.add(d, ofOwn[unit], last[output * whole.length + unit], 0, d.length);
            }
        }
        return d;
    }

    private static float dot(float[] row, int from, float[] x) {
        var sum = 0f;
        for (var i = 0; i < x.length; i++) {
            sum += row[from + i] * x[i];
        }
        return sum;
    }

    private float[] after(Seen seen, float share) {
        var hidden = seen.before.clone();
        for (var step = 0; step < steps; step++) {
            var from = step * shape.inputs();
            network.step(times(share, Arrays.copyOfRange(seen.x, from, from + shape.inputs())), hidden, scratch);
        }
        return hidden;
    }

    private static float[] times(float share, float[] values) {
        var times = values.clone();
        for (var i = 0; i < times.length; i++) {
            times[i] *= share;
        }
        return times;
    }

    private static void copy(float[] from, float[] to, int at) {
        System.arraycopy(from, 0, to, at * from.length, from.length);
    }

    /** Empty where the head does without. */
    private static float[] values(SortedMap<String, FMatrixRMaj> tensors, String name) {
        var tensor = tensors.get(name);
        return tensor == null ? new float[0] : tensor.data;
    }

    /** A loss that is one of the outputs: nothing at the other horizons. */
    private static final class OneOutput implements Loss {
        private final int width;
        private int output;

        OneOutput(int width) {
            this.width = width;
        }

        @Override
        public double of(float[] out, int from, float target, float share, float[] d) {
            Arrays.fill(d, from, from + width, 0);
            if (output < from || output >= from + width) {
                return 0;
            }
            d[output] = share;
            return out[output];
        }
    }
}
