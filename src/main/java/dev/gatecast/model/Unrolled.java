package dev.gatecast.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recurrent layers over all steps of some lanes, forwards with everything kept, and backwards.
 *
 * <p>Sequences come longest first, so at each step the lanes that still run are the first ones, and those that have ended
 * cost nothing.
 */
final class Unrolled {
    private final Layers layers;
    private final Architecture shape;
    private final Cell[] cells; // (layers)
    private final int steps;
    private final int lanes;
    private final int block; // lanes * states * hidden
    private final int[] running; // (steps), lanes that have not ended
    private final CellWork[][] work; // (layers, steps)
    private final float[][] states; // (layers, (steps + 1) * block)
    private final float[][][] dStates; // (layers, lanes, states * hidden)
    private final CellGradient[] gradients; // (layers)
    private final float[][][] startSums; // (layers, 1, states * hidden), none without a learned start
    private final Decaying[] decaying; // (layers), none without decay
    private final Dropping dropping;
    private final Remembered remembered;
    private boolean fresh = true; // whether the batch starts where the network does

    Unrolled(Layers layers, int steps, int lanes) {
        this.layers = layers;
        this.shape = layers.shape();
        this.cells = layers.cells();
        this.steps = steps;
        this.lanes = lanes;
        this.block = lanes * shape.layerState();
        this.running = new int[steps];
        this.work = new CellWork[cells.length][steps];
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
        this.startSums = new float[shape.options().learnedStart() ? cells.length : 0][1][shape.layerState()];
        this.decaying = new Decaying[layers.decays().length];
        for (var layer = 0; layer < decaying.length; layer++) {
            decaying[layer] = new Decaying(shape, layers.decays()[layer], steps, lanes);
        }
        this.dropping = new Dropping(shape, steps, lanes);
        this.remembered = new Remembered(shape, steps, lanes);
    }

    /** Runs all steps of the lanes from {@code first} on. */
    void forward(Batch batch, int first, Dropout dropout) {
        for (var step = 0; step < steps; step++) {
            running[step] = batch.running(step, first, lanes);
        }
        start(batch, first);
        dropping.begin(dropout);
        for (var step = 0; step < steps && running[step] > 0; step++) {
            for (var layer = 0; layer < cells.length; layer++) {
                if (layer > 0) {
                    dropping.drop(layer, step, states[layer - 1], at(step + 1), batch, first, running[step]);
                }
                var before = before(layer);
                if (decaying.length > 0) {
                    var times = (step * batch.size() + first) * shape.inputs()
                            + shape.options().elapsed();
                    decaying[layer].forward(step, batch.x(), times, states[layer], at(step), running[step]);
                }
                cells[layer].step(
                        inputs(layer, batch),
                        inputAt(layer, step, batch, first),
                        before,
                        at(step),
                        states[layer],
                        at(step + 1),
                        work[layer][step],
                        running[step]);
            }
        }
    }

    /** The states that a layer's steps begin with: decayed where there is decay. */
    private float[] before(int layer) {
        return decaying.length > 0 ? decaying[layer].states() : states[layer];
    }

    private void start(Batch batch, int first) {
        fresh = batch.initial().length == 0;
        for (var layer = 0; layer < cells.length; layer++) {
            for (var lane = 0; lane < lanes; lane++) {
                if (fresh) {
                    start(layers.starts().of(layer), 0, layer, lane);
                } else {
                    var from = (first + lane) * shape.stateSize() + layer * shape.layerState();
                    start(batch.initial(), from, layer, lane);
                }
            }
        }
        remembered.start(batch, first);
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
        remembered.clear();
    }

    /**
     * One step back through all layers.
     *
     * @param dx gradient of the step's inputs, (lanes, inputs), added to; null where nobody asks. Modified.
     */
    void back(Batch batch, int first, int step, float @Nullable [][] dx) {
        var active = running[step];
        remembered.addTo(dTop(), step, active);
        for (var layer = cells.length - 1; layer >= 0; layer--) {
            gradients[layer].step(
                    inputs(layer, batch),
                    inputAt(layer, step, batch, first),
                    before(layer),
                    at(step),
                    work[layer][step],
                    dStates[layer],
                    layer == 0 ? dx : dropping.ofInputs(dStates[layer - 1]),
                    active);
            if (layer > 0) {
                dropping.back(layer, step, dStates[layer - 1], active);
            }
            if (decaying.length > 0) {
                var times = (step * batch.size() + first) * shape.inputs()
                        + shape.options().elapsed();
                decaying[layer].back(step, batch.x(), times, states[layer], at(step), dStates[layer], dx, active);
            }
        }
    }

    /** After all steps back: adds up the gradient of the learned start. */
    void endBack() {
        if (fresh) {
            for (var layer = 0; layer < startSums.length; layer++) {
                Rows.sum(startSums[layer][0], dStates[layer], lanes, 0, shape.layerState());
            }
        }
    }

    private float[] inputs(int layer, Batch batch) {
        return layer == 0 ? batch.x() : dropping.inputs(layer, states[layer - 1]);
    }

    private int inputAt(int layer, int step, Batch batch, int first) {
        return layer == 0 ? (step * batch.size() + first) * shape.inputs() : dropping.at(step, at(step + 1));
    }

    /** Lanes that have not ended before a step: the first ones. */
    int running(int step) {
        return running[step];
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

    /** The last states that attention sees after a step. */
    Remembered remembered() {
        return remembered;
    }

    /** After all steps back: gradient of a layer's states before the first, (lanes, states * hidden). */
    float[][] dStart(int layer) {
        return dStates[layer];
    }

    /** Copies the state that a lane ends with. {@code to} Modified from {@code at} on. */
    void end(int lane, int length, float[] to, int at) {
        var hidden = shape.hidden();
        for (var layer = 0; layer < cells.length; layer++) {
            for (var state = 0; state < shape.cell().states(); state++) {
                var from = at(length) + (state * lanes + lane) * hidden;
                System.arraycopy(states[layer], from, to, at + layer * shape.layerState() + state * hidden, hidden);
            }
        }
        remembered.end(this, lane, length - 1, to, at + shape.memoryAt());
    }

    /** All sums, as rows. */
    List<float[][]> sums() {
        var all = new ArrayList<float[][]>();
        for (var gradient : gradients) {
            all.addAll(gradient.sums());
        }
        all.addAll(Arrays.asList(startSums));
        for (var one : decaying) {
            all.add(one.sums());
        }
        return all;
    }

    /** Adds the sums to flat tensors. {@code gradient} Modified. */
    void addTo(Tensors gradient) {
        for (var one : gradients) {
            one.addTo(gradient);
        }
        if (startSums.length > 0) {
            layers.starts().addTo(startSums, gradient);
        }
        for (var one : decaying) {
            one.addTo(gradient);
        }
    }
}
