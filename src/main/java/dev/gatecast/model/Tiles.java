package dev.gatecast.model;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a live cell's state once more, 32 to an array and the sums in the same array before them: all that a loop touches
 * begins alike within a cache line, wherever the virtual machine puts the array. Belongs to one thread. The operations and
 * their order are those of {@link Pairs}, and so are the bits; docs/decisions/002-row-kernel.md has what it gains.
 */
final class Tiles {
    /** From the sums to the first row and from row to row: 35 cache lines, so that a column of all rows is not one set of a cache. */
    static final int STRIDE = 560;

    private static final int SIZE = 32; // rows of an array
    private static final int EIGHT = 8;
    private static final int SHORTEST = 96; // fewer columns gain nothing

    private final int from;
    private final int to;
    private final int inputs;
    private final float[][] tiles; // (inputs / SIZE, (1 + SIZE) * STRIDE); sums lead as in Pairs

    private Tiles(float[][] rows, int from, int to) {
        this.from = from;
        this.to = to;
        inputs = rows.length;
        tiles = new float[(inputs + SIZE - 1) / SIZE][(1 + SIZE) * STRIDE];
        for (int row = 0; row < inputs; row++) {
            int at = (1 + row % SIZE) * STRIDE;
            System.arraycopy(rows[row], from, tiles[row / SIZE], at + from, to - from);
        }
    }

    /**
     * Takes rows over, which must not change then; null where they are better left alone.
     *
     * @param rows one an input. Not modified.
     * @param from first column that counts
     * @param to end of these columns, exclusive
     */
    static @Nullable Tiles of(float[][] rows, int from, int to) {
        boolean suit = rows.length % EIGHT == 0 && to - from >= SHORTEST && Pairs.LEAD + to <= STRIDE;
        return suit ? new Tiles(rows, from, to) : null;
    }

    /**
     * y += x W for one lane.
     *
     * @param x from {@code at} on. Not modified.
     * @param y (LEAD + at least to). Modified.
     */
    void multiply(float[] x, int at, float[] y) {
        var sums = y;
        int p = at;
        for (var tile : tiles) {
            add(sums, tile, x, p, Math.min(SIZE, at + inputs - p));
            sums = tile;
            p += SIZE;
        }
        System.arraycopy(sums, Pairs.LEAD + from, y, Pairs.LEAD + from, to - from);
    }

    private void add(float[] y, float[] t, float[] x, int p, int rows) {
        first(y, t, x[p], x[p + 1], x[p + 2], x[p + 3], x[p + 4], x[p + 5], x[p + 6], x[p + 7], from, to);
        if (rows > EIGHT) {
            int q = p + EIGHT;
            second(t, x[q], x[q + 1], x[q + 2], x[q + 3], x[q + 4], x[q + 5], x[q + 6], x[q + 7], from, to);
        }
        if (rows > 2 * EIGHT) {
            int q = p + 2 * EIGHT;
            third(t, x[q], x[q + 1], x[q + 2], x[q + 3], x[q + 4], x[q + 5], x[q + 6], x[q + 7], from, to);
        }
        if (rows > 3 * EIGHT) {
            int q = p + 3 * EIGHT;
            fourth(t, x[q], x[q + 1], x[q + 2], x[q + 3], x[q + 4], x[q + 5], x[q + 6], x[q + 7], from, to);
        }
    }

    // One method for each eight rows: C2 makes vectors of a loop over one array where every distance in it is a
    // constant.

    /** t = y + rows 0 to 7. {@code t} Modified. */
    private static void first(
            float[] y,
            float[] t,
            float xa,
            float xb,
            float xc,
            float xd,
            float xe,
            float xf,
            float xg,
            float xh,
            int from,
            int to) {
        int end = Math.min(to, Pairs.MOST);
        for (int k = Math.max(0, Math.min(from, Pairs.MOST)); k < end; k++) {
            t[k + Pairs.LEAD] = y[k + Pairs.LEAD]
                    + (t[k + STRIDE] * xa + t[k + 2 * STRIDE] * xb + t[k + 3 * STRIDE] * xc + t[k + 4 * STRIDE] * xd)
                    + (t[k + 5 * STRIDE] * xe
                            + t[k + 6 * STRIDE] * xf
                            + t[k + 7 * STRIDE] * xg
                            + t[k + 8 * STRIDE] * xh);
        }
    }

    /** t += rows 8 to 15. {@code t} Modified. */
    private static void second(
            float[] t,
            float xa,
            float xb,
            float xc,
            float xd,
            float xe,
            float xf,
            float xg,
            float xh,
            int from,
            int to) {
        int end = Math.min(to, Pairs.MOST);
        for (int k = Math.max(0, Math.min(from, Pairs.MOST)); k < end; k++) {
            t[k + Pairs.LEAD] = t[k + Pairs.LEAD]
                    + (t[k + 9 * STRIDE] * xa
                            + t[k + 10 * STRIDE] * xb
                            + t[k + 11 * STRIDE] * xc
                            + t[k + 12 * STRIDE] * xd)
                    + (t[k + 13 * STRIDE] * xe
                            + t[k + 14 * STRIDE] * xf
                            + t[k + 15 * STRIDE] * xg
                            + t[k + 16 * STRIDE] * xh);
        }
    }

    /** t += rows 16 to 23. {@code t} Modified. */
    private static void third(
            float[] t,
            float xa,
            float xb,
            float xc,
            float xd,
            float xe,
            float xf,
            float xg,
            float xh,
            int from,
            int to) {
        int end = Math.min(to, Pairs.MOST);
        for (int k = Math.max(0, Math.min(from, Pairs.MOST)); k < end; k++) {
            t[k + Pairs.LEAD] = t[k + Pairs.LEAD]
                    + (t[k + 17 * STRIDE] * xa
                            + t[k + 18 * STRIDE] * xb
                            + t[k + 19 * STRIDE] * xc
                            + t[k + 20 * STRIDE] * xd)
                    + (t[k + 21 * STRIDE] * xe
                            + t[k + 22 * STRIDE] * xf
                            + t[k + 23 * STRIDE] * xg
                            + t[k + 24 * STRIDE] * xh);
        }
    }

    /** t += rows 24 to 31. {@code t} Modified. */
    private static void fourth(
            float[] t,
            float xa,
            float xb,
            float xc,
            float xd,
            float xe,
            float xf,
            float xg,
            float xh,
            int from,
            int to) {
        int end = Math.min(to, Pairs.MOST);
        for (int k = Math.max(0, Math.min(from, Pairs.MOST)); k < end; k++) {
            t[k + Pairs.LEAD] = t[k + Pairs.LEAD]
                    + (t[k + 25 * STRIDE] * xa
                            + t[k + 26 * STRIDE] * xb
                            + t[k + 27 * STRIDE] * xc
                            + t[k + 28 * STRIDE] * xd)
                    + (t[k + 29 * STRIDE] * xe
                            + t[k + 30 * STRIDE] * xf
                            + t[k + 31 * STRIDE] * xg
                            + t[k + 32 * STRIDE] * xh);
        }
    }
}
