package dev.gatecast.backtest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Lines of one file that a lane has written, with the place where each item's lines end. */
final class Page {
    private static final int FIRST_ROOM = 64;

    final Lines lines = new Lines();
    private int[] ends = new int[FIRST_ROOM];
    private int items;

    void clear() {
        lines.clear();
        items = 0;
    }

    void endItem() {
        if (items == ends.length) {
            ends = Arrays.copyOf(ends, 2 * items);
        }
        ends[items++] = lines.length();
    }

    private int start(int item) {
        return item == 0 ? 0 : ends[item - 1];
    }

    boolean isEmpty(int item) {
        return start(item) == ends[item];
    }

    void writeTo(OutputStream out, int item) throws IOException {
        lines.writeTo(out, start(item), ends[item]);
    }
}
