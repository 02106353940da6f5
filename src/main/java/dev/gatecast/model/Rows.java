package dev.gatecast.model;

import java.util.Arrays;

/**
 * The one kernel: matrix products over matrices held as one float[] per row.
 *
 * <p>C2 vectorises {@code y[k] += a[k] * xa + b[k] * xb + ...} when all arrays share the index, with four rows a pass and
 * the arrays as parameters of a small method. More rows, two outputs, or a flat array with an offset do not vectorise, or
 * do worse: docs/decisions/002-row-kernel.md has the numbers.
 *
 * <p>A lane is one sequence of a batch; a live step is a batch of one lane. Every lane sees the same operations in the
 * same order however many there are, so a batch has the bits of the single steps.
 */
final class Rows {
    private static final int LONG = 128;
    private static final int MIDDLE = 48;

    private Rows() {}

    /**
     * y += x W for each lane: {@code y[lane][k] += sum over i of x[at + lane * n + i] * rows[first + i][k]}.
     *
     * @param rows one row per input. Not modified.
     * @param first the row of the first input
     * @param n inputs
     * @param x the lanes' inputs one after the other, from {@code at}. Not modified.
     * @param y outputs, (lanes, at least to). Modified.
     * @param from first column
     * @param to end of the columns, exclusive
     */
    static void multiply(
            float[][] rows, int first, int n, float[] x, int at, float[][] y, int lanes, int from, int to) {
        if (from == to) {
            return;
        }
        int i = 0;
        for (; i + 3 < n; i += 4) {
            float[] a = rows[first + i];
            float[] b = rows[first + i + 1];
            float[] c = rows[first + i + 2];
            float[] d = rows[first + i + 3];
            int p = at + i;
            for (int lane = 0; lane < lanes; lane++, p += n) {
                add4(y[lane], a, b, c, d, x[p], x[p + 1], x[p + 2], x[p + 3], from, to);
            }
        }
        for (; i < n; i++) {
            int p = at + i;
            for (int lane = 0; lane < lanes; lane++, p += n) {
                add(y[lane], rows[first + i], x[p], from, to);
            }
        }
    }

    /**
     * The gradient of {@link #multiply} for its rows: {@code rows[first + i][k] += sum over lanes of x[at + lane * n + i] *
     * d[lane][k]}.
     *
     * @param rows one row per input. Modified.
     * @param first the row of the first input
     * @param n inputs
     * @param x the lanes' inputs one after the other, from {@code at}. Not modified.
     * @param d gradient of the outputs, (lanes, at least to). Not modified.
     */
    static void outer(float[][] rows, int first, int n, float[] x, int at, float[][] d, int lanes, int from, int to) {
        if (from == to) {
            return;
        }
        for (int i = 0; i < n; i++) {
            float[] row = rows[first + i];
            int p = at + i;
            int lane = 0;
            for (; lane + 3 < lanes; lane += 4, p += 4 * n) {
                add4(
                        row,
                        d[lane],
                        d[lane + 1],
                        d[lane + 2],
                        d[lane + 3],
                        x[p],
                        x[p + n],
                        x[p + 2 * n],
                        x[p + 3 * n],
                        from,
                        to);
            }
            for (; lane < lanes; lane++, p += n) {
                add(row, d[lane], x[p], from, to);
            }
        }
    }

    /** y += the sum over lanes. {@code y} Modified. */
    static void sum(float[] y, float[][] d, int lanes, int from, int to) {
        int lane = 0;
        for (; lane + 3 < lanes; lane += 4) {
            add4(y, d[lane], d[lane + 1], d[lane + 2], d[lane + 3], 1, 1, 1, 1, from, to);
        }
        for (; lane < lanes; lane++) {
            add(y, d[lane], 1, from, to);
        }
    }

    /*
     * The same loop three times: C2 settles the width of its vectors by the lengths that a method has met before it is
     * compiled, so a network of 8 units, first in the process, would halve the speed of all later ones.
     */
    private static void add4(
            float[] y,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float xa,
            float xb,
            float xc,
            float xd,
            int from,
            int to) {
        if (to - from == 1) {
            y[from] += a[from] * xa + b[from] * xb + c[from] * xc + d[from] * xd;
        } else if (to - from >= LONG) {
            add4Long(y, a, b, c, d, xa, xb, xc, xd, from, to);
        } else if (to - from >= MIDDLE) {
            add4Middle(y, a, b, c, d, xa, xb, xc, xd, from, to);
        } else {
            add4Short(y, a, b, c, d, xa, xb, xc, xd, from, to);
        }
    }

    private static void add4Long(
            float[] y,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float xa,
            float xb,
            float xc,
            float xd,
            int from,
            int to) {
        for (int k = from; k < to; k++) {
            y[k] += a[k] * xa + b[k] * xb + c[k] * xc + d[k] * xd;
        }
    }

    private static void add4Middle(
            float[] y,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float xa,
            float xb,
            float xc,
            float xd,
            int from,
            int to) {
        for (int k = from; k < to; k++) {
            y[k] += a[k] * xa + b[k] * xb + c[k] * xc + d[k] * xd;
        }
    }

    private static void add4Short(
            float[] y,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float xa,
            float xb,
            float xc,
            float xd,
            int from,
            int to) {
        for (int k = from; k < to; k++) {
            y[k] += a[k] * xa + b[k] * xb + c[k] * xc + d[k] * xd;
        }
    }

    /** y += a x, from {@code from} to {@code to}, exclusive. {@code y} Modified. */
    static void add(float[] y, float[] a, float x, int from, int to) {
        for (int k = from; k < to; k++) {
            y[k] += a[k] * x;
        }
    }

    /**
     * Puts a block of a PyTorch matrix (outputs, inputs) into rows by input: {@code to[first + i][column + j] = from[(row +
     * j) * inputs + i]}. {@code to} Modified.
     */
    static void byInput(float[] from, int row, int outputs, float[][] to, int first, int inputs, int column) {
        for (int j = 0; j < outputs; j++) {
            int p = (row + j) * inputs;
            for (int i = 0; i < inputs; i++) {
                to[first + i][column + j] = from[p + i];
            }
        }
    }

    /** The inverse of {@link #byInput}, added: {@code to[(row + j) * inputs + i] += from[first + i][column + j]}. */
    static void addBack(float[][] from, int first, int inputs, int column, float[] to, int row, int outputs) {
        for (int j = 0; j < outputs; j++) {
            int p = (row + j) * inputs;
            for (int i = 0; i < inputs; i++) {
                to[p + i] += from[first + i][column + j];
            }
        }
    }

    /** Copies rows of a PyTorch matrix into row arrays: {@code to[first + j] = from[row + j]}. {@code to} Modified. */
    static void byOutput(float[] from, int row, int outputs, float[][] to, int first) {
        for (int j = 0; j < outputs; j++) {
            float[] line = to[first + j];
            System.arraycopy(from, (row + j) * line.length, line, 0, line.length);
        }
    }

    /** {@code to[at + j] += from[first + j]} for j below n. {@code to} Modified. */
    static void addTo(float[] to, int at, float[] from, int first, int n) {
        for (int j = 0; j < n; j++) {
            to[at + j] += from[first + j];
        }
    }

    /** Zeros all. {@code rows} Modified. */
    static void clear(float[][] rows) {
        for (var row : rows) {
            Arrays.fill(row, 0);
        }
    }
}
