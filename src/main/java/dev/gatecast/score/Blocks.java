package dev.gatecast.score;

import dev.gatecast.event.FieldVisitor;

/** A ring of sums over blocks of 8 rows: the mean over the last so many whole blocks and the started one. */
final class Blocks {
    private static final int SIZE = 8;

    private final double[] ring; // (blocks)
    private double started; // sum of the started block
    private long rows;

    Blocks(int blocks) {
        ring = new double[blocks];
    }

    void add(double v) {
        started += v;
        rows++;
        if (rows % SIZE == 0) {
            ring[(int) ((rows / SIZE - 1) % ring.length)] = started;
            started = 0;
        }
    }

    /** The mean over the last whole blocks, at most as many as given, and the started one; 0 before the first row. */
    double mean(int blocks) {
        var whole = (int) Math.min(blocks, rows / SIZE);
        var count = whole * SIZE + (int) (rows % SIZE);
        return count == 0 ? 0 : sum(whole) / count;
    }

    private double sum(int whole) {
        var sum = started;
        var at = (int) (rows / SIZE % ring.length);
        for (var j = 0; j < whole; j++) {
            at = at == 0 ? ring.length - 1 : at - 1;
            sum += ring[at];
        }
        return sum;
    }

    /** Describes the layout: rows, started sum, ring. */
    void visit(FieldVisitor v) {
        rows = v.whole(rows);
        started = v.real(started);
        v.reals(ring);
    }
}
