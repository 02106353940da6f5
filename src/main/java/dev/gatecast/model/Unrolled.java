package dev.gatecast.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recurrent layers over all steps of some lanes, forwards with everything kept, and backwards. */
final class Unrolled {
    private final Architecture shape;
    private final Cell[] cells; // (layers)
    private final int steps;
    private final int lanes;
    private final CellWork[][] work; // (layers, steps)
    private final int block; // lanes * states * hidden
    private final float[][] states; // (layers, (steps + 1) * block)
    private final float[][][] dStates; // (layers, lanes, states * hidden)
    private final CellGradient[] gradients; // (layers)

    Unrolled(Architecture shape, Cell[] cells, int steps, int lanes) {
        this.shape = shape;
        this.cells = cells;
        this.steps = steps;
        this.lanes = lanes;
        this.work = new CellWork[cells.length][steps];
        this.block = lanes * shape.layerState();
        this.states = new float[cells.length][(steps + 1) * block];
        this.dStates = new float[cells.length][lanes][shape.layerState()];
        this.gradients = new CellGradient[cells.length];
        for (var layer = 0; layer < cells.length; layer++) {
            gradients[layer] = new CellGradient(cells[layer], lanes);
            work[layer][0] = new CellWork(cells[layer], lanes);
            for (var step = 1; step < steps; step++) {
                work[layer][step] = work[layer][0].keepingApart();
            }
        }
    }

    /** Runs all steps of the lanes from {@code first} on. */
    void forward(Batch batch, int first) {
        start(batch, first);
        for (var step = 0; step < steps; step++) {
            for (var layer = 0; layer < cells.length; layer++) {
                cells[layer].step(
                        inputs(layer, batch),
                        inputAt(layer, step, batch, first),
                        states[layer],
                        at(step),
                        at(step + 1),
                        work[layer][step],
                        lanes);
            }
        }
    }

    private void start(Batch batch, int first) {
        for (var layer = 0; layer < cells.length; layer++) {
            if (batch.initial().length == 0) {
                Arrays.fill(states[layer], 0, block, 0);
            } else {
                for (var lane = 0; lane < lanes; lane++) {
                    var from = ((first + lane) * cells.length + layer) * shape.layerState();
                    start(batch.initial(), from, layer, lane);
                }
            }
        }
    }

    private void start(float[] initial, int from, int layer, int lane) {
        var hidden = shape.hidden();
        for (var state = 0; state < shape.cell().states(); state++) {
            var to = (state * lanes + lane) * hidden;
            System.arraycopy(initial, from + state * hidden, states[layer], to, hidden);
        }
    }

    /** Zeroes the gradient of the last states. The sums are left as they are. */
    void startBack() {
        for (var rows : dStates) {
            Rows.clear(rows);
        }
    }

    /**
     * One step back through all layers.
     *
     * @param dx gradient of the step's inputs, (lanes, inputs), added to; null where nobody asks. Modified.
     */
    void back(Batch batch, int first, int step, float @Nullable [][] dx) {
        for (var layer = cells.length - 1; layer >= 0; layer--) {
            gradients[layer].step(
                    inputs(layer, batch),
                    inputAt(layer, step, batch, first),
                    states[layer],
                    at(step),
                    work[layer][step],
                    dStates[layer],
                    layer == 0 ? dx : dStates[layer - 1],
                    lanes);
        }
    }

    private float[] inputs(int layer, Batch batch) {
        return layer == 0 ? batch.x() : states[layer - 1];
    }

    private int inputAt(int layer, int step, Batch batch, int first) {
        return layer == 0 ? (step * batch.size() + first) * shape.inputs() : at(step + 1);
    }

    /** The top layer's states, all steps. */
    float[] top() {
        return states[cells.length - 1];
    }

    /** Where the states before a step begin. */
    int at(int step) {
        return step * block;
    }

    /** Gradient of the top layer's states after the step that is about to go back, h first. To be added to. */
    float[][] dTop() {
        return dStates[cells.length - 1];
    }

    /** After all steps back: gradient of a layer's states before the first, (lanes, states * hidden). */
    float[][] dStart(int layer) {
        return dStates[layer];
    }

    /** All sums, as rows. */
    List<float[][]> sums() {
        var all = new ArrayList<float[][]>();
        for (var gradient : gradients) {
            all.addAll(gradient.sums());
        }
        return all;
    }

    /** Adds the sums to flat tensors. {@code gradient} Modified. */
    void addTo(Tensors gradient) {
        for (var one : gradients) {
            one.addTo(gradient);
        }
    }
}
