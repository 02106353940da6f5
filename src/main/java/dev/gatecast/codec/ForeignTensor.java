package dev.gatecast.codec;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor of a file that was not written here: finite numbers, row by row.
 *
 * @param shape length of each dimension, outermost first; empty for a single number
 * @param values as many as the product of the lengths. Not to be modified.
 */
@SuppressWarnings("ArrayRecordComponent")
record ForeignTensor(List<Integer> shape, float[] values) {
    static final int MOST_DIMENSIONS = 4;

    /** Most numbers of one tensor: a gate's weights of the largest network, four times over. */
    static final int MOST_VALUES = 4 * 4096 * 4096;

    /** Checks that the lengths and the numbers fit. */
    ForeignTensor {
        shape = List.copyOf(shape);
        var size = 1L;
        for (var length : shape) {
            size *= length;
        }
        if (size != values.length) {
            throw new IllegalArgumentException("expected " + size + " values for " + shape + ", got " + values.length);
        }
    }

    /** Refuses a tensor in which a number is not finite. */
    ForeignTensor finite(String name) throws UndecodableException {
        for (var i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new UndecodableException(
                        "tensor " + Shown.of(name) + ": finite numbers were expected, not " + values[i] + " at " + i);
            }
        }
        return this;
    }

    /** Number of values of a shape, if a tensor may have it. */
    static int size(String name, long[] shape) throws UndecodableException {
        var size = 1L;
        for (var length : shape) {
            if (length < 1 || length > MOST_VALUES || size * length > MOST_VALUES) {
                throw wrong(name, shape);
            }
            size *= length;
        }
        if (shape.length > MOST_DIMENSIONS) {
            throw wrong(name, shape);
        }
        return (int) size;
    }

    private static UndecodableException wrong(String name, long[] shape) {
        return new UndecodableException(
                "tensor " + Shown.of(name) + ": at most " + MOST_DIMENSIONS + " dimensions and 1 to " + MOST_VALUES
                        + " values were expected, not the shape " + Shown.of(Arrays.toString(shape)));
    }
}
