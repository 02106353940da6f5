package dev.gatecast.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** How weights are drawn that training starts from. The same random numbers give the same bits everywhere. */
public enum Initialiser {
    /** PyTorch's: uniform within 1 / √hidden, biases too. */
    PYTORCH {
        @Override
        void draw(TensorKind kind, float[] tensor, Sizes sizes, Random random) {
            uniform(tensor, 1 / Math.sqrt(sizes.scale), random);
        }
    },

    /** Keras': Glorot's uniform kernels, orthogonal recurrent kernels, gate by gate, and no bias. */
    GLOROT {
        @Override
        void draw(TensorKind kind, float[] tensor, Sizes sizes, Random random) {
            if (kind == TensorKind.BIAS) {
                Arrays.fill(tensor, 0);
            } else if (kind == TensorKind.RECURRENT) {
                for (var gate = 0; gate < tensor.length; gate += sizes.columns * sizes.columns) {
                    orthogonal(tensor, gate, sizes.columns, random);
                }
            } else {
                uniform(tensor, Math.sqrt(6.0 / (sizes.columns + sizes.outputs)), random);
            }
        }
    };

    /**
     * What a tensor's bound follows from.
     *
     * @param columns inputs of each output
     * @param outputs of one gate
     * @param scale what PyTorch takes: the hidden size in a cell, the inputs elsewhere
     */
    record Sizes(int columns, int outputs, int scale) {}

    /** Draws one tensor. {@code tensor} Modified. */
    abstract void draw(TensorKind kind, float[] tensor, Sizes sizes, Random random);

    private static void uniform(float[] tensor, double most, Random random) {
        var bound = (float) most;
        for (var i = 0; i < tensor.length; i++) {
            tensor[i] = (2 * random.nextFloat() - 1) * bound;
        }
    }

    /** Q of the QR decomposition of normal numbers, with R's diagonal above 0, so that every rotation is as likely. */
    private static void orthogonal(float[] tensor, int at, int n, Random random) {
        var normal = new DMatrixRMaj(n, n);
        for (var i = 0; i < n * n; i++) {
            normal.data[i] = random.nextGaussian();
        }
        var qr = DecompositionFactory_DDRM.qr(n, n);
        if (!qr.decompose(normal)) {
            throw new IllegalStateException("a matrix of normal numbers has no QR decomposition");
        }
        var q = qr.getQ(null, false);
        var r = qr.getR(null, false);
        for (var row = 0; row < n; row++) {
            for (var column = 0; column < n; column++) {
                var sign = r.get(column, column) < 0 ? -1 : 1;
                tensor[at + row * n + column] = (float) (sign * q.get(row, column));
            }
        }
    }

    /** The name in a configuration: {@code pytorch} or {@code glorot}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
