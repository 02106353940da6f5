package dev.gatecast.backtest;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The last values of one entity by slot: the step on the grid of the cadence, or the number of the tick where there is
 * none. Slots without a value hold NaN.
 */
final class Window {
    /** In place of the time of a slot without a value. */
    static final long NO_TIME = Long.MIN_VALUE;

    private static final int FIRST_ROOM = 16;
    private static final long[] NO_TIMES = {};

    private final int capacity;
    private final boolean timed;
    private final Set<Long> guesses = new HashSet<>();
    private double[] values; // (room), slot s at s modulo room, which is a power of two
    private long[] times; // (room), or empty
    private long newest = Long.MIN_VALUE;
    private long oldest;

    /**
     * Room for the last {@code capacity} slots; memory grows up to that as values come.
     *
     * @param timed whether the slots' times are kept too
     */
    Window(int capacity, boolean timed) {
        this.capacity = capacity;
        this.timed = timed;
        values = new double[FIRST_ROOM];
        times = timed ? new long[values.length] : NO_TIMES;
    }

    /** Puts a value in. A slot keeps its first value; none is before the newest. */
    void put(long slot, double value, long time) {
        assert slot >= newest : slot;
        if (slot == newest) {
            return;
        }
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
        if (timed) {
            times[at(slot)] = time;
        }
        oldest = Math.max(oldest, slot - capacity + 1);
    }

    private void makeRoom(long slot) {
        var needed = Math.min(capacity, slot - oldest + 1);
        if (needed <= values.length) {
            return;
        }
        var oldValues = values;
        var oldTimes = times;
        values = new double[Integer.highestOneBit((int) needed - 1) << 1];
        times = timed ? new long[values.length] : NO_TIMES;
        Arrays.fill(values, Double.NaN);
        for (var kept = oldest; kept <= newest; kept++) {
            var from = (int) kept & (oldValues.length - 1);
            values[at(kept)] = oldValues[from];
            if (timed) {
                times[at(kept)] = oldTimes[from];
            }
        }
    }

    private int at(long slot) {
        return (int) slot & (values.length - 1);
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

    /** Notes that the newest slot's value did not come but was guessed. */
    void guess(long slot) {
        guesses.add(slot);
        if (guesses.size() > 2 * capacity) {
            guesses.removeIf(one -> one < oldest);
        }
    }

    /** What came at a slot; NaN where nothing did, where it was guessed or is no longer kept. */
    double actual(long slot) {
        return guesses.contains(slot) ? Double.NaN : get(slot);
    }

    /** When a slot's value came, where times are kept; NO_TIME where there is none. */
    long time(long slot) {
        return timed && !Double.isNaN(actual(slot)) ? times[at(slot)] : NO_TIME;
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
