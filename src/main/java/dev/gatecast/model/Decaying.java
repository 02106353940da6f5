package dev.gatecast.model;

import org.jspecify.annotations.Nullable;

/** One layer's {@link Decay} over all steps of some lanes, with everything kept, and back. */
final class Decaying {
    private final Decay decay;
    private final Decay.Gradient gradient;
    private final int hidden;
    private final int inputs;
    private final int elapsed;
    private final int lanes;
    private final int block; // lanes * states * hidden
    private final float[] states; // (steps * block), decayed
    private final float[][] factors; // (steps, lanes * hidden)

    Decaying(Architecture shape, Decay decay, int steps, int lanes) {
        this.decay = decay;
        this.gradient = decay.new Gradient();
        this.hidden = shape.hidden();
        this.inputs = shape.inputs();
        this.elapsed = shape.options().elapsed();
        this.lanes = lanes;
        this.block = lanes * shape.layerState();
        this.states = new float[steps * block];
        this.factors = new float[steps][lanes * hidden];
    }

    /** All decayed states, step by step. */
    float[] states() {
        return states;
    }

    /**
     * Decays the states before a step.
     *
     * @param x the inputs; the first lane's time is at {@code xAt}. Not modified.
     * @param h the block of states, from {@code hAt}. Not modified.
     */
    void forward(int step, float[] x, int xAt, float[] h, int hAt, int active) {
        decay.factors(x, xAt, inputs, factors[step], active);
        for (int vector = 0; vector < block; vector += lanes * hidden) {
            Decay.apply(factors[step], h, hAt + vector, states, step * block + vector, active * hidden);
        }
    }

    /**
     * The same step back.
     *
     * @param d gradient of the decayed states, (lanes, states * hidden). Modified: of the states before.
     * @param dx gradient of the inputs, added to; null where nobody asks. Modified.
     */
    void back(int step, float[] x, int xAt, float[] h, int hAt, float[][] d, float @Nullable [][] dx, int active) {
        for (int lane = 0; lane < active; lane++) {
            float time = x[xAt + lane * inputs];
            float ofTime = gradient.back(time, factors[step], lane * hidden, h, hAt, lanes * hidden, d[lane]);
            if (dx != null) {
                dx[lane][elapsed] += ofTime;
            }
        }
    }

    float[][] sums() {
        return gradient.sums();
    }

    /** Adds the sums to flat tensors. {@code into} Modified. */
    void addTo(Tensors into) {
        gradient.addTo(into);
    }
}
