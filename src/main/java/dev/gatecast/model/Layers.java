package dev.gatecast.model;

/**
 * All parts of a network with their weights compiled: what a live network and training share. Only loading changes it.
 *
 * @param shape the network's
 * @param cells (layers)
 * @param decays (layers), none without decay
 * @param starts the states before the first step
 * @param attention of no size where there is none
 * @param head the last part
 */
@SuppressWarnings("ArrayRecordComponent")
record Layers(Architecture shape, Cell[] cells, Decay[] decays, Starts starts, Lookback attention, Head head) {
    /** Without weights. */
    Layers(Architecture shape) {
        this(shape, shape.cells(), decays(shape), new Starts(shape), new Lookback(shape), new Head(shape));
    }

    private static Decay[] decays(Architecture shape) {
        var decays = new Decay[shape.options().decays() ? shape.layers() : 0];
        for (var layer = 0; layer < decays.length; layer++) {
            decays[layer] = new Decay(layer, shape.hidden());
        }
        return decays;
    }

    /** Takes over weights. */
    void load(Tensors tensors) {
        for (var cell : cells) {
            cell.load(tensors);
        }
        for (var decay : decays) {
            decay.load(tensors);
        }
        starts.load(tensors);
        if (attends()) {
            attention.load(tensors);
        }
        head.load(tensors);
    }

    /** Takes over the weights for the way back as well. */
    void loadBack(Tensors tensors) {
        for (var cell : cells) {
            cell.loadBack(tensors);
        }
        if (attends()) {
            attention.loadBack(tensors);
        }
        head.loadBack(tensors);
    }

    boolean attends() {
        return shape.options().attends();
    }

    boolean decay() {
        return decays.length > 0;
    }
}
