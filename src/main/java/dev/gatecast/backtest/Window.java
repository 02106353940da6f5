package dev.gatecast.backtest;

import java.util.Arrays;

/**
 * The last values of one entity by slot: the step on the grid of the cadence, or the number of the tick where there is
 * none. Slots without a value hold NaN.
 */
final class Window {
    private static final int FIRST_ROOM = 32;

    private final int capacity;
    private double[] values; // (room), slot s at s modulo room
    private long newest = Long.MIN_VALUE;
    private long oldest;

    /** Room for the last {@code capacity} slots; memory grows up to that as values come. */
    Window(int capacity) {
        this.capacity = capacity;
        values = new double[Math.min(capacity, FIRST_ROOM)];
    }

    /** Puts a value in; its slot is not before the newest. */
    void put(long slot, double value) {
        assert slot >= newest : slot;
        if (newest == Long.MIN_VALUE || slot - newest >= capacity) {
            Arrays.fill(values, Double.NaN);
            oldest = slot;
        } else {
            makeRoom(slot);
            for (var empty = newest + 1; empty < slot; empty++) {
                values[at(empty)] = Double.NaN;
            }
        }
        newest = slot;
        values[at(slot)] = value;
        oldest = Math.max(oldest, slot - capacity + 1);
    }

    private void makeRoom(long slot) {
        var needed = Math.min(capacity, slot - oldest + 1);
        if (needed <= values.length) {
            return;
        }
        var old = values;
        values = new double[(int) Math.min(capacity, Math.max(needed, 2L * old.length))];
        Arrays.fill(values, Double.NaN);
        for (var kept = oldest; kept <= newest; kept++) {
            values[at(kept)] = old[(int) Math.floorMod(kept, (long) old.length)];
        }
    }

    private int at(long slot) {
        return (int) Math.floorMod(slot, (long) values.length);
    }

    /** The newest slot. */
    long newest() {
        return newest;
    }

    /** Slots from the oldest kept to the newest; 0 while empty. */
    int length() {
        return newest == Long.MIN_VALUE ? 0 : (int) (newest - oldest + 1);
    }

    /** A slot's value; NaN where there is none or it is no longer kept. */
    double get(long slot) {
        return slot < oldest || slot > newest ? Double.NaN : values[at(slot)];
    }

    /** The last values, gaps filled with the value before them. {@code into} Modified. At least as many slots are kept. */
    void last(double[] into) {
        var first = newest - into.length + 1;
        var held = before(first);
        for (var i = 0; i < into.length; i++) {
            var value = get(first + i);
            held = Double.isNaN(value) ? held : value;
            into[i] = held;
        }
    }

    /** The value at a slot, or the nearest one before it, or the first one after it. */
    private double before(long slot) {
        for (var s = slot; s >= oldest; s--) {
            if (!Double.isNaN(get(s))) {
                return get(s);
            }
        }
        for (var s = slot; s <= newest; s++) {
            if (!Double.isNaN(get(s))) {
                return get(s);
            }
        }
        return Double.NaN;
    }
}
