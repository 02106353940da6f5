package dev.gatecast.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A head's products for one lane, over {@link Tiles} where its shape suits them, to the bits of {@link Rows}. Belongs to one
 * thread.
 */
final class HeadTiles {
    private final Part state;
    private final Part profile;
    private final Part extras;
    private final Part last;

    HeadTiles(Head head) {
        var shape = head.shape();
        var rows = head.inputRows();
        var extrasAt = head.hidden() + shape.profile();
        state = Part.of(rows, 0, head.hidden(), shape.units());
        profile = Part.of(rows, head.hidden(), extrasAt, head.width());
        extras = Part.of(rows, extrasAt, rows.length, shape.units());
        last = Part.of(head.outRows(), 0, head.outRows().length, shape.outputs());
    }

    /** The first half: y += [h; profile; extras] W, (1, LEAD + units + horizons). {@code y} Modified. */
    void first(float[] h, int hAt, float[] ofProfile, float[] ofExtras, float[][] y) {
        state.multiply(h, hAt, y);
        profile.multiply(ofProfile, 0, y);
        extras.multiply(ofExtras, 0, y);
    }

    /** The second half: y += x W, (1, LEAD + outputs). {@code y} Modified. */
    void second(float[] x, int at, float[][] y) {
        last.multiply(x, at, y);
    }

    /**
     * Some of the inputs.
     *
     * @param rows theirs
     * @param to end of the columns, exclusive
     * @param tiles the same rows; null where they are better left alone
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Part(float[][] rows, int to, @Nullable Tiles tiles) {
        static Part of(float[][] all, int first, int end, int to) {
            var rows = Arrays.copyOfRange(all, first, end);
            return new Part(rows, to, rows.length == 0 ? null : Tiles.of(rows, 0, to));
        }

        void multiply(float[] x, int at, float[][] y) {
            if (tiles == null) {
                Pairs.multiply(rows, 0, rows.length, x, at, y, 1, 0, to);
            } else {
                tiles.multiply(x, at, y[0]);
            }
        }
    }
}
