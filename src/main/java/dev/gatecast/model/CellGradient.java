package dev.gatecast.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way back through one recurrent layer, and the gradient of its weights summed over steps and lanes. */
interface CellGradient {
    /**
     * One step back, for all lanes.
     *
     * @param x what {@link Cell#step} was given. Not modified.
     * @param h the states before that step, from {@code hAt}. Not modified.
     * @param work what that step kept. Its {@code before} is Modified.
     * @param dh gradient of the states after the step, (lanes, hidden). Modified: of the states before it.
     * @param dx gradient of the inputs, (lanes, inputs), added to; null where nobody asks. Modified.
     */
    void step(float[] x, int xAt, float[] h, int hAt, CellWork work, float[][] dh, float @Nullable [][] dx);

    /** The sums, as rows. Two gradients of one cell add up row by row. */
    List<float[][]> sums();

    /** Adds the sums to flat tensors. {@code gradient} Modified. */
    void addTo(Tensors gradient);
}
