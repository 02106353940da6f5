package dev.gatecast.score;

import dev.gatecast.event.FieldVisitor;
import java.util.Arrays;

/** A ring of sums over blocks of 8 rows: the mean over the last so many whole blocks and the started one. */
final class Blocks {
    private static final int SIZE = 8;
    private static final int FIRST_ROOM = 4;

    private final int blocks;
    private double[] ring; // (room), at most the blocks; less only while no whole block is forgotten
    private double started; // sum of the started block
    private long rows;

    Blocks(int blocks) {
        this.blocks = blocks;
        ring = new double[Math.min(blocks, FIRST_ROOM)];
    }

    void add(double v) {
        started += v;
        rows++;
        if (rows % SIZE == 0) {
            makeRoom();
            ring[(int) ((rows / SIZE - 1) % ring.length)] = started;
            started = 0;
        }
    }

    private void makeRoom() {
        var needed = Math.min(blocks, rows / SIZE);
        var room = ring.length;
        while (room < needed) {
            room = Math.min(2 * room, blocks);
        }
        ring = room == ring.length ? ring : Arrays.copyOf(ring, room);
    }

    /** The mean over the last whole blocks, at most as many as given, and the started one; 0 before the first row. */
    double mean(int last) {
        var whole = (int) Math.min(last, rows / SIZE);
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
        var all = Arrays.copyOf(ring, blocks);
        v.reals(all);
        if (v.reads()) {
            makeRoom();
            System.arraycopy(all, 0, ring, 0, ring.length);
        }
    }
}
