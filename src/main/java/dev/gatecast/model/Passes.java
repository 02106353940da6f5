package dev.gatecast.model;

/**
 * Short elementwise passes over flat arrays, in the shape that C2 vectorises. The first array is Modified, from 0 to {@code
 * n}, exclusive, and may be one of the others.
 */
final class Passes {
    /** What a number between two numbers in [-1, 1] can be after rounding. */
    static final float ROUNDED_ONE = 1.0001f;

    private Passes() {}

    /** y = a b. */
    static void product(float[] y, float[] a, float[] b, int n) {
        for (int j = 0; j < n; j++) {
            y[j] = a[j] * b[j];
        }
    }

    /** y += a b. */
    static void addProduct(float[] y, float[] a, float[] b, int n) {
        for (int j = 0; j < n; j++) {
            y[j] += a[j] * b[j];
        }
    }

    /** y = (1 - z) b + z a. */
    static void mix(float[] y, float[] z, float[] a, float[] b, int n) {
        for (int j = 0; j < n; j++) {
            y[j] = (1 - z[j]) * b[j] + z[j] * a[j];
        }
    }

    /** The gradient of {@link #mix} for what the sigmoid z was taken of: dz = d (a - b) z (1 - z). */
    static void throughMix(float[] dz, float[] d, float[] a, float[] b, float[] z, int n) {
        for (int j = 0; j < n; j++) {
            dz[j] = d[j] * (a[j] - b[j]) * (z[j] * (1 - z[j]));
        }
    }

    /** The gradient of a product m r for what the sigmoid r was taken of: dr = d m r (1 - r). */
    static void throughProduct(float[] dr, float[] d, float[] m, float[] r, int n) {
        for (int j = 0; j < n; j++) {
            dr[j] = d[j] * m[j] * (r[j] * (1 - r[j]));
        }
    }
}
