package dev.gatecast.model;

/**
 * What a cell writes to during a step. Belongs to one thread.
 *
 * @param lanes sequences in the batch
 * @param sums pre-activations, (lanes, width)
 * @param before one lane's state before the step, (hidden)
 * @param kept what the way back needs, (lanes, keeps, hidden)
 */
@SuppressWarnings("ArrayRecordComponent")
record CellWork(int lanes, float[][] sums, float[] before, float[][][] kept) {
    /** Room for a cell. */
    CellWork(Cell cell, int hidden, int lanes) {
        this(lanes, new float[lanes][cell.width()], new float[hidden], new float[lanes][cell.keeps()][hidden]);
    }

    /** The same room, with another place for what is kept. */
    CellWork keepingApart() {
        var first = kept[0];
        return new CellWork(lanes, sums, before, new float[lanes][first.length][before.length]);
    }
}
