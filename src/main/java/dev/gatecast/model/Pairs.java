package dev.gatecast.model;

/**
 * The products of {@link Rows} for two outputs at a time, which read four rows once: the same operations in the same order,
 * and so the same bits, with a third fewer loads and stores and half the calls.
 *
 * <p>What C2 asks for, measured in docs/decisions/002-row-kernel.md: a loop that is small when it is judged, hence bounds
 * that say that an index is one, and outputs that do not begin where the rows do. So outputs have {@value #LEAD} unused
 * columns before the first.
 */
final class Pairs {
    /** Unused columns of an output before its first: as many as C2 makes steps of in one go. */
    static final int LEAD = 32;

    /** No row is as long. */
    static final int MOST = 1 << 24;

    private Pairs() {}

    /**
     * y += x W for each lane: {@link Rows#multiply} for outputs with a lead.
     *
     * @param rows one row per input. Not modified.
     * @param first the row of the first input
     * @param n inputs
     * @param x the lanes' inputs one after the other, from {@code at}. Not modified.
     * @param y outputs, (lanes, LEAD + at least to). Modified.
     * @param from first column
     * @param to end of the columns, exclusive
     */
    static void multiply(
            float[][] rows, int first, int n, float[] x, int at, float[][] y, int lanes, int from, int to) {
        assert 0 <= from && from <= to && to <= MOST : "columns " + from + " to " + to;
        if (from == to) {
            return;
        }
        int i = lanes == 1 ? eights(rows, first, n, x, at, y[0], from, to) : 0;
        for (; i + 3 < n; i += 4) {
            float[] a = rows[first + i];
            float[] b = rows[first + i + 1];
            float[] c = rows[first + i + 2];
            float[] d = rows[first + i + 3];
            int p = at + i;
            int lane = 0;
            for (; lane + 1 < lanes; lane += 2, p += 2 * n) {
                int q = p + n;
                PairLoops.two(
                        y[lane],
                        y[lane + 1],
                        a,
                        b,
                        c,
                        d,
                        x[p],
                        x[p + 1],
                        x[p + 2],
                        x[p + 3],
                        x[q],
                        x[q + 1],
                        x[q + 2],
                        x[q + 3],
                        from,
                        to);
            }
            if (lane < lanes) {
                one(y[lane], a, b, c, d, x[p], x[p + 1], x[p + 2], x[p + 3], from, to);
            }
        }
        for (; i < n; i++) {
            int p = at + i;
            for (int lane = 0; lane < lanes; lane++, p += n) {
                add(y[lane], rows[first + i], x[p], from, to);
            }
        }
    }

    /** Eight rows at a time for one output. Returns how many inputs are done. */
    private static int eights(float[][] rows, int first, int n, float[] x, int at, float[] y, int from, int to) {
        int i = 0;
        for (; i + 7 < n; i += 8) {
            eight(
                    y,
                    rows[first + i],
                    rows[first + i + 1],
                    rows[first + i + 2],
                    rows[first + i + 3],
                    rows[first + i + 4],
                    rows[first + i + 5],
                    rows[first + i + 6],
                    rows[first + i + 7],
                    x[at + i],
                    x[at + i + 1],
                    x[at + i + 2],
                    x[at + i + 3],
                    x[at + i + 4],
                    x[at + i + 5],
                    x[at + i + 6],
                    x[at + i + 7],
                    from,
                    to);
        }
        return i;
    }

    /**
     * The gradient of {@link #multiply} for its rows: {@link Rows#outer} for rows with a lead.
     *
     * @param rows one row per input, (n, LEAD + at least to). Modified.
     * @param x the lanes' inputs one after the other, from {@code at}. Not modified.
     * @param d gradient of the outputs, (lanes, at least to), without a lead. Not modified.
     */
    static void outer(float[][] rows, int n, float[] x, int at, float[][] d, int lanes, int from, int to) {
        int i = 0;
        for (; i + 1 < n; i += 2) {
            float[] y = rows[i];
            float[] z = rows[i + 1];
            int p = at + i;
            int lane = 0;
            for (; lane + 3 < lanes; lane += 4, p += 4 * n) {
                int q = p + 2 * n;
                PairLoops.two(
                        y,
                        z,
                        d[lane],
                        d[lane + 1],
                        d[lane + 2],
                        d[lane + 3],
                        x[p],
                        x[p + n],
                        x[q],
                        x[q + n],
                        x[p + 1],
                        x[p + 1 + n],
                        x[q + 1],
                        x[q + 1 + n],
                        from,
                        to);
            }
            for (; lane < lanes; lane++, p += n) {
                add(y, d[lane], x[p], from, to);
                add(z, d[lane], x[p + 1], from, to);
            }
        }
        if (i < n) {
            int p = at + i;
            int lane = 0;
            for (; lane + 3 < lanes; lane += 4, p += 4 * n) {
                one(
                        rows[i],
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
                add(rows[i], d[lane], x[p], from, to);
            }
        }
    }

    private static void one(
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
        int end = Math.min(to, MOST);
        for (int k = Math.max(0, Math.min(from, MOST)); k < end; k++) {
            y[k + LEAD] += a[k] * xa + b[k] * xb + c[k] * xc + d[k] * xd;
        }
    }

    /** y += four rows and then four more. */
    private static void eight(
            float[] y,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            float[] f,
            float[] g,
            float[] h,
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
        int end = Math.min(to, MOST);
        for (int k = Math.max(0, Math.min(from, MOST)); k < end; k++) {
            y[k + LEAD] = y[k + LEAD]
                    + (a[k] * xa + b[k] * xb + c[k] * xc + d[k] * xd)
                    + (e[k] * xe + f[k] * xf + g[k] * xg + h[k] * xh);
        }
    }

    /** y += a x. {@code y} Modified. */
    private static void add(float[] y, float[] a, float x, int from, int to) {
        int end = Math.min(to, MOST);
        for (int k = Math.max(0, Math.min(from, MOST)); k < end; k++) {
            y[k + LEAD] += a[k] * x;
        }
    }
}
