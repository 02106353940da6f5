package dev.gatecast.feature;

/**
 * Sums over a run of an array, in double, in a fixed order: four partial sums, every fourth element each. The order is
 * part of the result's bits; four chains keep the adder busy.
 */
final class Windowed {
    private Windowed() {}

    /** Sum of {@code a[from..to)}. */
    static double sum(float[] a, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += a[i];
            s1 += a[i + 1];
            s2 += a[i + 2];
            s3 += a[i + 3];
        }
        for (; i < to; i++) {
            s0 += a[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Sum of squared distances from {@code center} over {@code a[from..to)}. */
    static double squares(float[] a, int from, int to, double center) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += square(a[i] - center);
            s1 += square(a[i + 1] - center);
            s2 += square(a[i + 2] - center);
            s3 += square(a[i + 3] - center);
        }
        for (; i < to; i++) {
            s0 += square(a[i] - center);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Sum of {@code |a[i] - a[i - lag]|} over {@code from..to}. */
    static double differences(float[] a, int from, int to, int lag) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += Math.abs(a[i] - a[i - lag]);
            s1 += Math.abs(a[i + 1] - a[i + 1 - lag]);
            s2 += Math.abs(a[i + 2] - a[i + 2 - lag]);
            s3 += Math.abs(a[i + 3] - a[i + 3 - lag]);
        }
        for (; i < to; i++) {
            s0 += Math.abs(a[i] - a[i - lag]);
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static double square(double d) {
        return d * d;
    }
}
