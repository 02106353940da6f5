package dev.gatecast.model;

/**
 * Dropout between the layers, at every step another mask. Its room is taken when a rate above 0 first comes; without one
 * the layers see each other's states themselves.
 */
final class Dropping {
    private final Architecture shape;
    private final int steps;
    private final int lanes;
    private float[][] masks = {}; // (layers - 1, steps * lanes * hidden)
    private float[][] inputs = {}; // the same, states after dropout
    private float[][] dInputs = {}; // (lanes, hidden)
    private Dropout dropout = Dropout.NONE;

    Dropping(Architecture shape, int steps, int lanes) {
        this.shape = shape;
        this.steps = steps;
        this.lanes = lanes;
    }

    /** For the next pass. */
    void begin(Dropout with) {
        dropout = with;
        if (on() && masks.length == 0) {
            masks = new float[shape.layers() - 1][steps * lanes * shape.hidden()];
            inputs = new float[masks.length][masks[0].length];
            dInputs = new float[lanes][shape.hidden()];
        }
    }

    private boolean on() {
        return dropout.rate() > 0 && shape.layers() > 1;
    }

    /** Masks what a layer reads at a step: the states below it, from {@code hAt}, which are Not modified. */
    void drop(int layer, int step, float[] h, int hAt, Batch batch, int first, int active) {
        if (on()) {
            var hidden = shape.hidden();
            var at = at(step, 0);
            var mask = masks[layer - 1];
            for (var lane = 0; lane < active; lane++) {
                var stream = -1 - (((long) layer * steps + step) * batch.size() + first + lane);
                dropout.mask(stream, mask, at + lane * hidden, hidden);
            }
            var to = inputs[layer - 1];
            for (int i = 0; i < active * hidden; i++) {
                to[at + i] = mask[at + i] * h[hAt + i];
            }
        }
    }

    /** What a layer reads, all steps, where the states below it are {@code h}. */
    float[] inputs(int layer, float[] h) {
        return on() ? inputs[layer - 1] : h;
    }

    /** Where a step's begin, where the states below begin at {@code hAt}. */
    int at(int step, int hAt) {
        return on() ? step * lanes * shape.hidden() : hAt;
    }

    /** Where the gradient of what a layer reads is to be added, where that of the states below is {@code dh}. */
    float[][] ofInputs(float[][] dh) {
        if (!on()) {
            return dh;
        }
        Rows.clear(dInputs);
        return dInputs;
    }

    /** From there to the states below. {@code dh} Modified. */
    void back(int layer, int step, float[][] dh, int active) {
        if (on()) {
            var hidden = shape.hidden();
            for (var lane = 0; lane < active; lane++) {
                for (int j = 0, at = at(step, 0) + lane * hidden; j < hidden; j++, at++) {
                    dh[lane][j] += masks[layer - 1][at] * dInputs[lane][j];
                }
            }
        }
    }
}
