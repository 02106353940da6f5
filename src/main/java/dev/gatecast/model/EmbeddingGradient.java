package dev.gatecast.model;

import org.jspecify.annotations.Nullable;

/**
 * Gradient of the learned numbers of categories: of each lane summed over steps and origins, then of each category summed
 * over lanes. Belongs to one thread.
 */
final class EmbeddingGradient {
    private final int inputs;
    private final int width;
    private final float[][] sums; // (categories, width)
    private final float[][] ofLanes; // (lanes, width)
    private final float[][] ofInputs; // (lanes, inputs), of one step
    private boolean asked;

    EmbeddingGradient(Architecture shape, int lanes) {
        var categories = shape.options().categories();
        inputs = shape.inputs();
        width = categories.width();
        sums = new float[categories.rows()][width];
        ofLanes = new float[lanes][width];
        ofInputs = new float[width == 0 ? 0 : lanes][inputs];
    }

    /** The gradient of the batch is about to be found. */
    void begin(Batch batch) {
        asked = batch.categories().length > 0;
        Rows.clear(ofLanes);
    }

    /** Of each lane's category, to be added to, (lanes, width); null where nobody asks. */
    float @Nullable [][] ofLanes() {
        return asked ? ofLanes : null;
    }

    /** Of a step's inputs, zeroed, (lanes, inputs); null where nobody asks. */
    float @Nullable [][] ofInputs() {
        if (!asked) {
            return null;
        }
        Rows.clear(ofInputs);
        return ofInputs;
    }

    /** After a step back. */
    void addInputs() {
        for (var lane = 0; asked && lane < ofLanes.length; lane++) {
            for (int i = 0, from = inputs - width; i < width; i++, from++) {
                ofLanes[lane][i] += ofInputs[lane][from];
            }
        }
    }

    /** After all steps back: the lanes' gradients to those of their categories. */
    void end(Batch batch, int first) {
        for (var lane = 0; asked && lane < ofLanes.length; lane++) {
            Rows.add(sums[batch.categories()[first + lane]], ofLanes[lane], 1, 0, width);
        }
    }

    /** The sums, as rows. */
    float[][] sums() {
        return sums;
    }

    /** Adds the sums to the flat tensor. {@code gradient} Modified. */
    void addTo(Tensors gradient) {
        for (var row = 0; row < sums.length; row++) {
            Rows.addTo(gradient.values(Embedding.NAME), row * width, sums[row], 0, width);
        }
    }
}
