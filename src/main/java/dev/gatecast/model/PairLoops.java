package dev.gatecast.model;

/**
 * The inner loop of {@link Pairs}, three times, by length, as in {@link Rows}.
 *
 * <p>What looks idle in it is there for C2, and a test holds it: with each product and sum in a variable of its own and its
 * arguments copied, it has more than {@value #MOST_INLINED} bytes of code, which is the most that C2 takes into a caller.
 * Among a caller's loops, after a branch, or beside a second loop in one method it would not be vectorised, or to half the
 * width; by itself it is. The bounds say that k is an index of an array. docs/decisions/002-row-kernel.md has the numbers.
 */
final class PairLoops {
    /** {@code -XX:FreqInlineSize}. */
    static final int MOST_INLINED = 325;

    private static final int LONG = 128;
    private static final int MIDDLE = 48;

    private PairLoops() {}

    /** y += four rows times their numbers xa to xd, and z += the same rows times za to zd. {@code y}, {@code z} Modified. */
    static void two(
            float[] y,
            float[] z,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float xa,
            float xb,
            float xc,
            float xd,
            float za,
            float zb,
            float zc,
            float zd,
            int from,
            int to) {
        if (to - from >= LONG) {
            twoLong(y, z, a, b, c, d, xa, xb, xc, xd, za, zb, zc, zd, from, to);
        } else if (to - from >= MIDDLE) {
            twoMiddle(y, z, a, b, c, d, xa, xb, xc, xd, za, zb, zc, zd, from, to);
        } else {
            twoShort(y, z, a, b, c, d, xa, xb, xc, xd, za, zb, zc, zd, from, to);
        }
    }

    private static void twoLong(
            float[] y,
            float[] z,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float xa,
            float xb,
            float xc,
            float xd,
            float za,
            float zb,
            float zc,
            float zd,
            int from,
            int to) {
        int start = Math.max(0, Math.min(from, Pairs.MOST));
        int end = Math.min(to, Pairs.MOST);
        float[] y1 = y, z1 = z, a1 = a, b1 = b, c1 = c, d1 = d;
        float[] y2 = y1, z2 = z1, a2 = a1, b2 = b1, c2 = c1, d2 = d1;
        float xa1 = xa, xb1 = xb, xc1 = xc, xd1 = xd, za1 = za, zb1 = zb, zc1 = zc, zd1 = zd;
        float xa2 = xa1, xb2 = xb1, xc2 = xc1, xd2 = xd1, za2 = za1, zb2 = zb1, zc2 = zc1, zd2 = zd1;
        for (int k = start; k < end; k++) {
            float ak = a2[k];
            float bk = b2[k];
            float ck = c2[k];
            float dk = d2[k];
            float yk = y2[k + Pairs.LEAD];
            float zk = z2[k + Pairs.LEAD];
            float ya = ak * xa2;
            float yb = bk * xb2;
            float yc = ck * xc2;
            float yd = dk * xd2;
            float zak = ak * za2;
            float zbk = bk * zb2;
            float zck = ck * zc2;
            float zdk = dk * zd2;
            float ys = ya + yb;
            ys = ys + yc;
            ys = ys + yd;
            ys = yk + ys;
            float zs = zak + zbk;
            zs = zs + zck;
            zs = zs + zdk;
            zs = zk + zs;
            y2[k + Pairs.LEAD] = ys;
            z2[k + Pairs.LEAD] = zs;
        }
    }

    private static void twoMiddle(
            float[] y,
            float[] z,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float xa,
            float xb,
            float xc,
            float xd,
            float za,
            float zb,
            float zc,
            float zd,
            int from,
            int to) {
        int start = Math.max(0, Math.min(from, Pairs.MOST));
        int end = Math.min(to, Pairs.MOST);
        float[] y1 = y, z1 = z, a1 = a, b1 = b, c1 = c, d1 = d;
        float[] y2 = y1, z2 = z1, a2 = a1, b2 = b1, c2 = c1, d2 = d1;
        float xa1 = xa, xb1 = xb, xc1 = xc, xd1 = xd, za1 = za, zb1 = zb, zc1 = zc, zd1 = zd;
        float xa2 = xa1, xb2 = xb1, xc2 = xc1, xd2 = xd1, za2 = za1, zb2 = zb1, zc2 = zc1, zd2 = zd1;
        for (int k = start; k < end; k++) {
            float ak = a2[k];
            float bk = b2[k];
            float ck = c2[k];
            float dk = d2[k];
            float yk = y2[k + Pairs.LEAD];
            float zk = z2[k + Pairs.LEAD];
            float ya = ak * xa2;
            float yb = bk * xb2;
            float yc = ck * xc2;
            float yd = dk * xd2;
            float zak = ak * za2;
            float zbk = bk * zb2;
            float zck = ck * zc2;
            float zdk = dk * zd2;
            float ys = ya + yb;
            ys = ys + yc;
            ys = ys + yd;
            ys = yk + ys;
            float zs = zak + zbk;
            zs = zs + zck;
            zs = zs + zdk;
            zs = zk + zs;
            y2[k + Pairs.LEAD] = ys;
            z2[k + Pairs.LEAD] = zs;
        }
    }

    private static void twoShort(
            float[] y,
            float[] z,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float xa,
            float xb,
            float xc,
            float xd,
            float za,
            float zb,
            float zc,
            float zd,
            int from,
            int to) {
        int start = Math.max(0, Math.min(from, Pairs.MOST));
        int end = Math.min(to, Pairs.MOST);
        float[] y1 = y, z1 = z, a1 = a, b1 = b, c1 = c, d1 = d;
        float[] y2 = y1, z2 = z1, a2 = a1, b2 = b1, c2 = c1, d2 = d1;
        float xa1 = xa, xb1 = xb, xc1 = xc, xd1 = xd, za1 = za, zb1 = zb, zc1 = zc, zd1 = zd;
        float xa2 = xa1, xb2 = xb1, xc2 = xc1, xd2 = xd1, za2 = za1, zb2 = zb1, zc2 = zc1, zd2 = zd1;
        for (int k = start; k < end; k++) {
            float ak = a2[k];
            float bk = b2[k];
            float ck = c2[k];
            float dk = d2[k];
            float yk = y2[k + Pairs.LEAD];
            float zk = z2[k + Pairs.LEAD];
            float ya = ak * xa2;
            float yb = bk * xb2;
            float yc = ck * xc2;
            float yd = dk * xd2;
            float zak = ak * za2;
            float zbk = bk * zb2;
            float zck = ck * zc2;
            float zdk = dk * zd2;
            float ys = ya + yb;
            ys = ys + yc;
            ys = ys + yd;
            ys = yk + ys;
            float zs = zak + zbk;
            zs = zs + zck;
            zs = zs + zdk;
            zs = zk + zs;
            y2[k + Pairs.LEAD] = ys;
            z2[k + Pairs.LEAD] = zs;
        }
    }
}
