package dev.gatecast.model;

/**
 * What a cell writes to during a step. Belongs to one thread. A flat array holds the lanes one after the other, so that the
 * loops over it are long.
 *
 * @param lanes sequences in the batch
 * @param sums pre-activations, (lanes, width)
 * @param before states before the step, (lanes * hidden)
 * @param pair two gates side by side, (2 * lanes * hidden)
 * @param spare room for the activations, (2 * lanes * hidden)
 * @param kept what the way back needs, (keeps, lanes * hidden)
 */
@SuppressWarnings("ArrayRecordComponent")
record CellWork(int lanes, float[][] sums, float[] before, float[] pair, float[] spare, float[][] kept) {
    /** Room for a cell. */
    CellWork(Cell cell, int hidden, int lanes) {
        this(
                lanes,
                new float[lanes][cell.width()],
                new float[lanes * hidden],
                new float[2 * lanes * hidden],
                new float[2 * lanes * hidden],
                new float[cell.keeps()][lanes * hidden]);
    }

    /** The same room, with another place for what is kept. */
    CellWork keepingApart() {
        return new CellWork(lanes, sums, before, pair, spare, new float[kept.length][before.length]);
    }

    /** Takes {@code n} columns of every lane's sums, side by side. {@code to} Modified. */
    void gather(int from, int n, float[] to, int at) {
        for (int lane = 0; lane < lanes; lane++) {
            System.arraycopy(sums[lane], from, to, at + lane * n, n);
        }
    }
}
