package dev.gatecast.model;

import dev.gatecast.model.CellLayout.Block;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recurrent layer with its weights compiled into row arrays. Only loading changes it.
 *
 * <p>A step copies the biases into a row of sums for each lane, adds the products of the inputs and of the state, and lets
 * {@link Gates} do the rest. The states of some lanes are a block: h of all lanes one after the other, then, where there is
 * one, the memory cell of all lanes. With one lane that is the entity's layout.
 */
final class Cell {
    private final Gates gates;
    private final CellLayout layout;
    private final int inputs;
    private final int hidden;
    private final int width; // of a row of sums
    private final float[][] inputRows; // (inputs, width)
    private final float[][] stateRows; // (hidden, width)
    private final float[] bias; // (width)
    private float[][] stateBack = {}; // (width, hidden)
    private float[][] inputBack = {}; // (width, inputs)

    Cell(Gates gates, int layer, int inputs, int hidden) {
        this.gates = gates;
        this.layout = gates.layout(layer);
        this.inputs = inputs;
        this.hidden = hidden;
        this.width = layout.parts() * hidden;
        this.inputRows = new float[inputs][width];
        this.stateRows = new float[hidden][width];
        this.bias = new float[width];
    }

    /** Takes over weights. Before it, all are zero. */
    void load(Tensors tensors) {
        load(layout.input(), tensors, inputRows);
        load(layout.state(), tensors, stateRows);
        Arrays.fill(bias, 0);
        for (var i = 0; i < layout.bias().size(); i++) { // an iterator would be garbage in every training step
            var block = layout.bias().get(i);
            var from = tensors.values(block.tensor());
            Rows.addTo(bias, block.part() * hidden, from, block.gate() * hidden, block.gates() * hidden);
        }
    }

    private void load(List<Block> blocks, Tensors tensors, float[][] rows) {
        for (var i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            var from = tensors.values(block.tensor());
            Rows.byInput(
                    from, block.gate() * hidden, block.gates() * hidden, rows, 0, rows.length, block.part() * hidden);
        }
    }

    /** Takes over the weights for the way back as well, which a live network does without. */
    void loadBack(Tensors tensors) {
        if (stateBack.length == 0) {
            stateBack = new float[width][hidden];
            inputBack = new float[width][inputs];
        }
        loadBack(layout.input(), tensors, inputBack);
        loadBack(layout.state(), tensors, stateBack);
    }

    private void loadBack(List<Block> blocks, Tensors tensors, float[][] rows) {
        for (var i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            var from = tensors.values(block.tensor());
            Rows.byOutput(from, block.gate() * hidden, block.gates() * hidden, rows, block.part() * hidden);
        }
    }

    Gates gates() {
        return gates;
    }

    CellLayout layout() {
        return layout;
    }

    int inputs() {
        return inputs;
    }

    int hidden() {
        return hidden;
    }

    /** Length of a row of sums. */
    int width() {
        return width;
    }

    /** Values in one lane's state. */
    int stateWidth() {
        return gates.states() * hidden;
    }

    float[][] stateRows() {
        return stateRows;
    }

    float[][] stateBack() {
        return stateBack;
    }

    float[][] inputBack() {
        return inputBack;
    }

    /** The state's rows once more, null where that gains nothing. */
    @Nullable Tiles tiles() {
        return Tiles.of(
                stateRows, layout.ofState().from() * hidden, layout.ofState().to() * hidden);
    }

    /**
     * One step of the first {@code lanes} lanes.
     *
     * @param x the lanes' inputs one after the other, from {@code xAt}. Not modified.
     * @param h a block of states of all lanes of {@code work}, from {@code hAt}. Not modified.
     * @param next where the block after the step goes, from {@code nextAt}; the same place will do. Modified.
     * @param work Modified.
     */
    void step(float[] x, int xAt, float[] h, int hAt, float[] next, int nextAt, CellWork work, int lanes) {
        var sums = work.sums();
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(bias, 0, sums[lane], Pairs.LEAD, width);
        }
        var in = layout.ofInput();
        var own = layout.ofState();
        Pairs.multiply(inputRows, 0, inputs, x, xAt, sums, lanes, in.from() * hidden, in.to() * hidden);
        if (work.ofState() != null) {
            work.ofState().multiply(h, hAt, sums[0]);
        } else {
            Pairs.multiply(stateRows, 0, hidden, h, hAt, sums, lanes, own.from() * hidden, own.to() * hidden);
        }
        work.copyStates(h, hAt, work.before(), 0, lanes);
        gates.forward(this, work, lanes);
        work.copyStates(work.after(), 0, next, nextAt, lanes);
    }
}
