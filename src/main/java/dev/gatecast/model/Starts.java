package dev.gatecast.model;

/** The learned state before the first step: {@code tanh(start)}, so that it is one that the cell can have. */
final class Starts {
    private final Architecture shape;
    private final float[][] states; // (layers, states * hidden)

    Starts(Architecture shape) {
        this.shape = shape;
        this.states = new float[shape.layers()][shape.layerState()];
    }

    static String name(int layer) {
        return "start_l" + layer;
    }

    /** Takes over weights; without learned ones all stays zero. */
    void load(Tensors tensors) {
        if (shape.options().learnedStart()) {
            for (var layer = 0; layer < states.length; layer++) {
                var from = tensors.values(name(layer));
                for (var i = 0; i < from.length; i++) {
                    states[layer][i] = Activations.tanh(from[i]);
                }
            }
        }
    }

    /** One layer's state, (states * hidden). Not to be modified. */
    float[] of(int layer) {
        return states[layer];
    }

    /**
     * From the gradient of the state to that of the tensor, added.
     *
     * @param sums of all layers, (layers, 1, states * hidden). Not modified.
     */
    void addTo(float[][][] sums, Tensors gradient) {
        for (var layer = 0; layer < states.length; layer++) {
            var to = gradient.values(name(layer));
            for (var i = 0; i < to.length; i++) {
                to[i] += sums[layer][0][i] * (1 - states[layer][i] * states[layer][i]);
            }
        }
    }
}
