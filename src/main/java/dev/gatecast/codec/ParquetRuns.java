package dev.gatecast.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Small whole numbers as runs of equal ones: Parquet's encoding of levels and of places in a dictionary. */
final class ParquetRuns {
    private static final int FIRST_ROOM = 64;

    private int[] values = new int[FIRST_ROOM];
    private int[] lengths = new int[FIRST_ROOM];
    private int runs;

    void clear() {
        runs = 0;
    }

    void add(int value) {
        if (runs > 0 && values[runs - 1] == value) {
            lengths[runs - 1]++;
            return;
        }
        if (runs == values.length) {
            values = Arrays.copyOf(values, 2 * runs);
            lengths = Arrays.copyOf(lengths, 2 * runs);
        }
        values[runs] = value;
        lengths[runs++] = 1;
    }

    /** All runs, each value in as few whole bytes as {@code bits} need; at least one bit. */
    byte[] encoded(int bits) {
        var bytes = new ByteArrayOutputStream();
        for (var run = 0; run < runs; run++) {
            head(bytes, (long) lengths[run] << 1);
            for (var shift = 0; shift < bits; shift += Byte.SIZE) {
                bytes.write(values[run] >>> shift);
            }
        }
        return bytes.toByteArray();
    }

    private static void head(ByteArrayOutputStream bytes, long value) {
        var rest = value;
        while (rest > 0x7F) {
            bytes.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** Bits that the largest of {@code count} numbers from 0 on needs; at least one. */
    static int bits(int count) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(count - 1));
    }
}
