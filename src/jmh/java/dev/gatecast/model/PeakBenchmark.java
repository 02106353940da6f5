package dev.gatecast.model;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What one core can do at all: {@value #MULTIPLY_ADDS} float multiply-adds in plain loops over arrays that fit the first
 * cache. One loop is the kernel's own, at its best length; the other does so much on each number that only arithmetic
 * counts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeakBenchmark {
    static final int MULTIPLY_ADDS = 1 << 18;

    private static final int LENGTH = 512;
    private static final int ROWS = 8;
    private static final int CHAIN = 16;

    private final float[][] rows = new float[ROWS][LENGTH];
    private final float[] y = new float[LENGTH];

    /** y += four rows at a time. */
    @Benchmark
    public float rows() {
        for (int i = 0; i < MULTIPLY_ADDS / (4 * LENGTH); i++) {
            int row = 4 * (i % (ROWS / 4));
            four(y, rows[row], rows[row + 1], rows[row + 2], rows[row + 3]);
        }
        return y[0];
    }

    private static void four(float[] y, float[] a, float[] b, float[] c, float[] d) {
        for (int k = 0; k < y.length; k++) {
            y[k] += a[k] * 0.1f + b[k] * 0.2f + c[k] * 0.3f + d[k] * 0.4f;
        }
    }

    /** Sixteen on each number. */
    @Benchmark
    public float chains() {
        for (int i = 0; i < MULTIPLY_ADDS / (CHAIN * LENGTH); i++) {
            chain(y, rows[i % ROWS]);
        }
        return y[0];
    }

    private static void chain(float[] y, float[] a) {
        for (int k = 0; k < y.length; k++) {
            float x = a[k];
            float p = x * 0.5f + 0.1f;
            float q = x * 0.4f + 0.2f;
            float r = x * 0.3f + 0.3f;
            float s = x * 0.2f + 0.4f;
            p = p * x + 0.5f;
            q = q * x + 0.6f;
            r = r * x + 0.7f;
            s = s * x + 0.8f;
            p = p * x + 0.9f;
            q = q * x + 1.0f;
            r = r * x + 1.1f;
            s = s * x + 1.2f;
            p = p * x + q;
            r = r * x + s;
            p = p * x + r;
            y[k] = p * x + y[k];
        }
    }
}
