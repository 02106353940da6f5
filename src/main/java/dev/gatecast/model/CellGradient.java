package dev.gatecast.model;

import dev.gatecast.model.CellLayout.Block;
import dev.gatecast.model.CellLayout.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way back through one recurrent layer, and the gradient of its weights summed over steps and lanes. */
final class CellGradient {
    private final Cell cell;
    private final CellLayout layout;
    private final int inputs;
    private final int hidden;
    private final float[][] inputSums; // (inputs, LEAD + width)
    private final float[][] stateSums; // (hidden, LEAD + width)
    private final float[][] biasSum; // (1, width)
    private final float[][] d; // (lanes, width), gradient of the sums
    private final float[] flat; // (lanes * width), some parts of d
    private final float[][] parts; // (parts, lanes * hidden), the same part by part
    private final float[][] ofStates; // (states, lanes * hidden)
    private final float[][] ofProduct; // (lanes, LEAD + hidden)
    private final float[][] ofInput; // (lanes, LEAD + inputs)

    CellGradient(Cell cell, int lanes) {
        this.cell = cell;
        this.layout = cell.layout();
        this.inputs = cell.inputs();
        this.hidden = cell.hidden();
        this.inputSums = new float[inputs][Pairs.LEAD + cell.width()];
        this.stateSums = new float[hidden][Pairs.LEAD + cell.width()];
        this.biasSum = new float[1][cell.width()];
        this.d = new float[lanes][cell.width()];
        this.flat = new float[lanes * cell.width()];
        this.parts = new float[layout.parts()][lanes * hidden];
        this.ofStates = new float[cell.gates().states()][lanes * hidden];
        this.ofProduct = new float[lanes][Pairs.LEAD + hidden];
        this.ofInput = new float[lanes][Pairs.LEAD + inputs];
    }

    int hidden() {
        return hidden;
    }

    /** Gradient of one part of the sums, (lanes * hidden). */
    float[] part(int part) {
        return parts[part];
    }

    /** Gradient of h, (lanes * hidden): first after the step, then before it. */
    float[] ofState() {
        return ofStates[0];
    }

    /** The same of the memory cell. */
    float[] ofSecond() {
        return ofStates[1];
    }

    /**
     * One step back, for the first {@code lanes} lanes.
     *
     * @param x what {@link Cell#step} was given. Not modified.
     * @param h the block of states before that step, from {@code hAt}. Not modified.
     * @param work what that step kept. Its {@code before} and {@code spare} are Modified.
     * @param dh gradient of the states after the step, (lanes, states * hidden). Modified: of the states before it.
     * @param dx gradient of the inputs, (lanes, at least inputs), added to; null where nobody asks. Modified.
     */
    void step(float[] x, int xAt, float[] h, int hAt, CellWork work, float[][] dh, float @Nullable [][] dx, int lanes) {
        work.copyStates(h, hAt, work.before(), 0, lanes);
        gather(dh, lanes);
        cell.gates().back(this, work, lanes);
        for (var part = 0; part < parts.length; part++) {
            put(part, lanes);
        }
        scatter(dh, lanes);
        var in = layout.ofInput();
        var own = layout.ofState();
        back(cell.stateBack(), own, ofProduct, dh, hidden, lanes);
        Pairs.outer(inputSums, inputs, x, xAt, d, lanes, in.from() * hidden, in.to() * hidden);
        Pairs.outer(stateSums, hidden, h, hAt, d, lanes, own.from() * hidden, own.to() * hidden);
        Rows.sum(biasSum[0], d, lanes, 0, cell.width());
        if (dx != null) {
            back(cell.inputBack(), in, ofInput, dx, inputs, lanes);
        }
    }

    /**
     * Adds the gradient of what a product read from that of the parts that it went to.
     *
     * @param rows one for each column of the sums, (width, n). Not modified.
     * @param work (lanes, LEAD + n). Modified.
     * @param to (lanes, at least n). Modified.
     */
    private void back(float[][] rows, Span reached, float[][] work, float[][] to, int n, int lanes) {
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(to[lane], 0, work[lane], Pairs.LEAD, n);
        }
        for (var part = reached.from(); part < reached.to(); part++) {
            Pairs.multiply(rows, part * hidden, hidden, parts[part], 0, work, lanes, 0, n);
        }
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(work[lane], Pairs.LEAD, to[lane], 0, n);
        }
    }

    /**
     * The way back through a product of the state's rows that only the gates know of: adds to the gradient of the rows, and
     * gives that of what they were multiplied with, (lanes * hidden), good until the gates are done.
     *
     * @param part the part of the sums that the product went to; its gradient is known
     * @param input what the rows were multiplied with, (lanes * hidden). Not modified.
     */
    float[] throughState(int part, float[] input, int lanes) {
        put(part, lanes);
        Rows.clear(ofProduct);
        var from = part * hidden;
        Pairs.multiply(cell.stateBack(), from, hidden, parts[part], 0, ofProduct, lanes, 0, hidden);
        Pairs.outer(stateSums, hidden, input, 0, d, lanes, from, from + hidden);
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(ofProduct[lane], Pairs.LEAD, flat, lane * hidden, hidden);
        }
        return flat;
    }

    private void gather(float[][] dh, int lanes) {
        for (var state = 0; state < ofStates.length; state++) {
            for (var lane = 0; lane < lanes; lane++) {
                System.arraycopy(dh[lane], state * hidden, ofStates[state], lane * hidden, hidden);
            }
        }
    }

    private void scatter(float[][] dh, int lanes) {
        for (var state = 0; state < ofStates.length; state++) {
            for (var lane = 0; lane < lanes; lane++) {
                System.arraycopy(ofStates[state], lane * hidden, dh[lane], state * hidden, hidden);
            }
        }
    }

    /** One part into its place in d. */
    private void put(int part, int lanes) {
        for (var lane = 0; lane < lanes; lane++) {
            System.arraycopy(parts[part], lane * hidden, d[lane], part * hidden, hidden);
        }
    }

    /** The sums, as rows. Two gradients of one cell add up row by row. */
    List<float[][]> sums() {
        return List.of(inputSums, stateSums, biasSum);
    }

    /** Adds the sums to flat tensors. {@code gradient} Modified. */
    void addTo(Tensors gradient) {
        addTo(layout.input(), inputSums, gradient);
        addTo(layout.state(), stateSums, gradient);
        for (var i = 0; i < layout.bias().size(); i++) {
            var block = layout.bias().get(i);
            var to = gradient.values(block.tensor());
            Rows.addTo(to, block.gate() * hidden, biasSum[0], block.part() * hidden, block.gates() * hidden);
        }
    }

    private void addTo(List<Block> blocks, float[][] sums, Tensors gradient) {
        for (var i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            var to = gradient.values(block.tensor());
            Rows.addBack(
                    sums,
                    0,
                    sums.length,
                    Pairs.LEAD + block.part() * hidden,
                    to,
                    block.gate() * hidden,
                    block.gates() * hidden);
        }
    }
}
