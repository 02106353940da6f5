package dev.gatecast.feature;

import dev.gatecast.event.FieldVisitor;
import java.util.Arrays;

/**
 * The last values of one entity, oldest to newest, as they came and transformed. State of one entity; not
 * thread-safe.
 *
 * <p>Both arrays are written twice, one capacity apart, so that any window is one contiguous run of an array and the
 * loops over it vectorise.
 */
public final class Ring {
    private float[] raw; // (2 * capacity)
    private float[] transformed; // (2 * capacity)
    private int capacity;
    private int next;
    private int size;
    private Transform transform = Transform.IDENTITY;

    /** An empty ring for {@code capacity} values. */
    public Ring(int capacity) {
        if (capacity < 1 || capacity > 1 << 16) {
            throw new IllegalArgumentException("ring capacity: expected 1 to 65536, got " + capacity);
        }
        this.capacity = capacity;
        this.raw = new float[2 * capacity];
        this.transformed = new float[2 * capacity];
    }

    /** How many values it can hold. */
    public int capacity() {
        return capacity;
    }

    /** How many values it holds. */
    public int size() {
        return size;
    }

    /** The value {@code back} steps before the newest, in the entity's units. */
    public float raw(int back) {
        assert back >= 0 && back < size : back;
        return raw[end() - 1 - back];
    }

    /** Takes a value in; returns the one it displaced, for {@link #undo}. */
    public float push(double value) {
        float displaced = raw[next];
        put(next, (float) value);
        next = next + 1 == capacity ? 0 : next + 1;
        size = Math.min(size + 1, capacity);
        return displaced;
    }

    /**
     * Takes the newest value out again.
     *
     * @param displaced what {@link #push} returned
     * @param sizeBefore {@link #size()} before that push
     */
    public void undo(float displaced, int sizeBefore) {
        next = next == 0 ? capacity - 1 : next - 1;
        put(next, displaced);
        size = sizeBefore;
    }

    /** Makes the ring fit a model: its transform, and room for at least {@code least} values. Keeps all values. */
    public void fit(Transform transform, int least) {
        if (least > capacity) {
            grow(least);
        }
        if (this.transform != transform) {
            this.transform = transform;
            for (int i = 0; i < raw.length; i++) {
                transformed[i] = transform.forward(raw[i]);
            }
        }
    }

    /** Visits the values oldest first; a reader's transformed copies follow at the next {@link #fit}. */
    public void visit(FieldVisitor visitor) {
        int readCapacity = (int) visitor.whole(capacity);
        int readSize = (int) visitor.whole(size);
        if (readCapacity < 1 || readCapacity > 1 << 16 || readSize < 0 || readSize > readCapacity) {
            throw new IllegalArgumentException(
                    "ring: expected size <= capacity <= 65536, got " + readSize + " and " + readCapacity);
        }
        var values = visitor.reads() ? new float[readSize] : values();
        visitor.singles(values);
        if (visitor.reads()) {
            refill(readCapacity, values);
        }
    }

    /** Transformed values, twice over; the newest lies at {@link #end()} - 1. (2 * capacity) */
    float[] transformed() {
        return transformed;
    }

    /** One past the newest value in the arrays; at least {@link #size()}. */
    int end() {
        return next + capacity;
    }

    /** The values in the entity's units, oldest first, (size). */
    public float[] values() {
        return Arrays.copyOfRange(raw, end() - size, end());
    }

    private void grow(int least) {
        refill(least, values());
    }

    private void refill(int newCapacity, float[] values) {
        if (newCapacity != capacity) {
            capacity = newCapacity;
            raw = new float[2 * newCapacity];
            transformed = new float[2 * newCapacity];
        }
        next = 0;
        size = 0;
        for (float value : values) {
            push(value);
        }
    }

    private void put(int at, float value) {
        float u = transform.forward(value);
        raw[at] = value;
        raw[at + capacity] = value;
        transformed[at] = u;
        transformed[at + capacity] = u;
    }
}
