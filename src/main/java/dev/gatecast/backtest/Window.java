package dev.gatecast.backtest;

import java.util.Arrays;

/**
 * The last values of one entity by slot: the step on the grid of the cadence, or the number of the tick where there is
 * none. Slots without a value hold NaN.
 */
final class Window {
    /** In place of the time of a slot without a value. */
    static final long NO_TIME = Long.MIN_VALUE;

    private static final int FIRST_ROOM = 16;

    private final int capacity;
    private final int timed;
    private double[] values = new double[FIRST_ROOM]; // (room), slot s at s modulo room, which is a power of two
    private long[] times = new long[FIRST_ROOM]; // likewise, of the last slots alone
    private boolean[] guessed = {}; // (room of the values), or empty while nothing was guessed
    private long newest = Long.MIN_VALUE;
    private long oldest;
    private long gap = Long.MIN_VALUE; // the newest slot without a value

    /**
     * Room for the last {@code capacity} slots; memory grows up to that as values come.
     *
     * @param timed of how many of the last slots the times are kept, at most {@code capacity}
     */
    Window(int capacity, int timed) {
        this.capacity = capacity;
        this.timed = timed;
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
                gap = empty;
            }
        }
        newest = slot;
        values[at(slot)] = value;
        times[(int) slot & (times.length - 1)] = time;
        if (guessed.length > 0) {
            guessed[at(slot)] = false;
        }
        oldest = Math.max(oldest, slot - capacity + 1);
    }

    private void makeRoom(long slot) {
        var needed = (int) Math.min(capacity, slot - oldest + 1);
        if (needed > times.length && times.length < timed) {
            var before = times;
            times = new long[room(Math.min(needed, timed))];
            for (var kept = Math.max(oldest, newest - before.length + 1); kept <= newest; kept++) {
                times[(int) kept & (times.length - 1)] = before[(int) kept & (before.length - 1)];
            }
        }
        if (needed > values.length) {
            grow(room(needed));
        }
    }

    private static int room(int needed) {
        return Integer.highestOneBit(needed - 1) << 1;
    }

    private void grow(int room) {
        var before = values;
        var guessedBefore = guessed;
        values = new double[room];
        guessed = new boolean[guessedBefore.length > 0 ? room : 0];
        Arrays.fill(values, Double.NaN);
        for (var kept = oldest; kept <= newest; kept++) {
            var from = (int) kept & (before.length - 1);
            values[at(kept)] = before[from];
            if (guessed.length > 0) {
                guessed[at(kept)] = guessedBefore[from];
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
    void guess() {
        if (guessed.length == 0) {
            guessed = new boolean[values.length];
        }
        guessed[at(newest)] = true;
    }

    /** What came at a slot; NaN where nothing did, where it was guessed or is no longer kept. */
    double actual(long slot) {
        return guessed.length > 0 && guessed[at(slot)] ? Double.NaN : get(slot);
    }

    /** When a slot's value came, while its time is kept; NO_TIME where there is none. */
    long time(long slot) {
        return newest - slot >= timed || Double.isNaN(actual(slot)) ? NO_TIME : times[(int) slot & (times.length - 1)];
    }

    /** The last values, gaps filled with the value before them. {@code into} Modified. At least as many slots are kept. */
    void last(double[] into) {
        var first = newest - into.length + 1;
        var from = at(first);
        var ahead = Math.min(into.length, values.length - from);
        System.arraycopy(values, from, into, 0, ahead);
        System.arraycopy(values, 0, into, ahead, into.length - ahead);
        if (gap >= first) {
            fill(first, into);
        }
    }

    private void fill(long first, double[] into) {
        var held = before(first);
        for (var i = 0; i < into.length; i++) {
            held = Double.isNaN(into[i]) ? held : into[i];
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
