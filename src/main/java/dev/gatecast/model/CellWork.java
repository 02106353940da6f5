package dev.gatecast.model;

import org.jspecify.annotations.Nullable;

/**
 * What a cell writes to during a step. Belongs to one thread. A flat array holds the lanes one after the other, so that the
 * loops over it are long.
 *
 * @param sums pre-activations, (lanes, {@link Pairs#LEAD} + width)
 * @param before states before the step, (states, lanes * hidden) in one array
 * @param after states after it, likewise
 * @param gates several gates one after the other, (up to 3 * lanes * hidden)
 * @param spare room for the activations, as large
 * @param kept what the way back needs, (keeps, lanes * hidden)
 * @param ofState the rows of the state, where a live network's one lane has them once more
 */
@SuppressWarnings("ArrayRecordComponent")
record CellWork(
        float[][] sums,
        float[] before,
        float[] after,
        float[] gates,
        float[] spare,
        float[][] kept,
        @Nullable Tiles ofState) {
    /** Room for a cell whose weights may change. */
    CellWork(Cell cell, int lanes) {
        this(cell, lanes, null);
    }

    /** Room for one lane of a cell whose weights do not change any more. */
    static CellWork live(Cell cell) {
        return new CellWork(cell, 1, cell.tiles());
    }

    private CellWork(Cell cell, int lanes, @Nullable Tiles ofState) {
        this(
                new float[lanes][Pairs.LEAD + cell.width()],
                new float[lanes * cell.stateWidth()],
                new float[lanes * cell.stateWidth()],
                new float[3 * lanes * cell.hidden()],
                new float[3 * lanes * cell.hidden()],
                new float[cell.gates().keeps()][lanes * cell.hidden()],
                ofState);
    }

    /** The same room, with another place for what is kept. */
    CellWork keepingApart() {
        return new CellWork(sums, before, after, gates, spare, new float[kept.length][kept[0].length], ofState);
    }

    /** Where the second vector of the states begins: lanes * hidden. */
    int half() {
        return kept[0].length;
    }

    /** Takes {@code n} columns of the lanes' sums, side by side. {@code to} Modified. */
    void gather(int from, int n, int lanes, float[] to, int at) {
        for (int lane = 0; lane < lanes; lane++) {
            System.arraycopy(sums[lane], Pairs.LEAD + from, to, at + lane * n, n);
        }
    }

    /** Puts the sigmoid of some parts of the sums, one part after the other, into {@link #gates}. */
    void sigmoids(int hidden, int from, int parts, int lanes) {
        for (int part = 0; part < parts; part++) {
            gather((from + part) * hidden, hidden, lanes, gates, part * lanes * hidden);
        }
        Activations.sigmoid(gates, spare, parts * lanes * hidden);
    }

    /** Copies a block of states, as far as {@code lanes} lanes reach. {@code to} Modified. */
    void copyStates(float[] from, int fromAt, float[] to, int toAt, int lanes) {
        var n = half() / sums.length * lanes;
        for (int at = 0; at < before.length; at += half()) {
            System.arraycopy(from, fromAt + at, to, toAt + at, n);
        }
    }
}
