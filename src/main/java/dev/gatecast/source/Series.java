package dev.gatecast.source;

import dev.gatecast.event.Tick;
import dev.gatecast.event.Traits;
import java.util.Arrays;
import java.util.BitSet;

/** The ticks of one entity in memory, times strictly ascending. Not thread-safe while it grows. */
public final class Series {
    private static final int FIRST_CAPACITY = 64;

    private final String entity;
    private long[] times = new long[FIRST_CAPACITY]; // (capacity)
    private final double[][] columns; // (fields, capacity)
    private final BitSet missing = new BitSet();
    private int size;
    private Traits traits = Traits.NONE;

    Series(String entity, int fields) {
        this.entity = entity;
        columns = new double[fields][FIRST_CAPACITY];
    }

    /** Adds a tick; false where it is not newer than the last one. */
    boolean add(Tick tick) {
        if (size > 0 && tick.time() <= times[size - 1]) {
            return false;
        }
        if (size == times.length) {
            grow();
        }
        traits = tick.traits().or(traits);
        times[size] = tick.time();
        for (var field = 0; field < columns.length; field++) {
            columns[field][size] = tick.values()[field];
        }
        missing.set(size, tick.missing());
        size++;
        return true;
    }

    private void grow() {
        var capacity = Math.addExact(size, Math.max(FIRST_CAPACITY, size / 2));
        times = Arrays.copyOf(times, capacity);
        for (var field = 0; field < columns.length; field++) {
            columns[field] = Arrays.copyOf(columns[field], capacity);
        }
    }

    /** Forgets the older half. */
    void halve() {
        forget(size / 2);
    }

    /** Forgets what is before a time. */
    void forgetBefore(long time) {
        int at = Arrays.binarySearch(times, 0, size, time);
        forget(at >= 0 ? at : -at - 1);
    }

    private void forget(int from) {
        if (from == 0) {
            return;
        }
        times = Arrays.copyOfRange(times, from, size);
        for (var field = 0; field < columns.length; field++) {
            columns[field] = Arrays.copyOfRange(columns[field], from, size);
        }
        var newer = missing.get(from, size);
        missing.clear();
        missing.or(newer);
        size -= from;
    }

    /** The entity's name. */
    public String entity() {
        return entity;
    }

    /** What the ticks say of the entity. */
    public Traits traits() {
        return traits;
    }

    /** Number of ticks. */
    public int size() {
        return size;
    }

    /** Time of a tick, milliseconds since the epoch or a row number. */
    public long time(int index) {
        return times[index];
    }

    /** One value of a tick; NaN where it is missing. */
    public double value(int field, int index) {
        return columns[field][index];
    }

    /** Whether the tick stands for a bar without ticks, its values guesses or not there. */
    public boolean missing(int index) {
        return missing.get(index);
    }

    /** All times, a copy, (ticks). */
    public long[] times() {
        return Arrays.copyOf(times, size);
    }

    /** All values of a field, a copy, (ticks). */
    public double[] values(int field) {
        return Arrays.copyOf(columns[field], size);
    }

    /** A tick as it was. */
    public Tick tick(int index) {
        var values = new double[columns.length];
        for (var field = 0; field < values.length; field++) {
            values[field] = columns[field][index];
        }
        return new Tick(entity, times[index], values, missing(index), traits);
    }
}
