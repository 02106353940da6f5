package dev.gatecast.forecast;

import java.util.Arrays;

/** Hashes of entities' names, up to a number of them; a look-up without allocation. Not thread-safe. */
final class SeenEntities {
    private final int[] slots; // open addressing; 0: empty, so a hash of 0 is kept as 1
    private final int most;
    private int count;

    /** @param most no more are kept */
    SeenEntities(int most) {
        this.most = most;
        this.slots = new int[Integer.highestOneBit(Math.max(1, most)) << 2];
    }

    void add(int hash) {
        if (count < most) {
            int slot = slot(hash);
            if (slots[slot] == 0) {
                slots[slot] = mark(hash);
                count++;
            }
        }
    }

    boolean has(int hash) {
        return slots[slot(hash)] != 0;
    }

    /** Where it is, or would be put. */
    private int slot(int hash) {
        int mark = mark(hash);
        int slot = ((mark * 0x9E3779B9) >>> 8) & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != mark) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private static int mark(int hash) {
        return hash == 0 ? 1 : hash;
    }

    int count() {
        return count;
    }

    int[] all() {
        return Arrays.stream(slots).filter(mark -> mark != 0).sorted().toArray();
    }

    void clear() {
        Arrays.fill(slots, 0);
        count = 0;
    }
}
