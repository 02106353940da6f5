package dev.gatecast.feature;

import dev.gatecast.event.FieldVisitor;
import dev.gatecast.event.Traits;
import java.util.Arrays;

/**
 * The last values of one entity, oldest to newest, as they came and transformed, and the other fields of the same ticks.
 * State of one entity; not thread-safe.
 *
 * <p>All arrays are written twice, one capacity apart, so that any window is one contiguous run of an array and the
 * loops over it vectorise.
 */
public final class Ring {
    private static final int MOST_FIELDS = 256;
    private static final int MOST_AHEAD = 1 << 20;
    private static final double[] NO_VALUES = {};

    private float[] raw; // (2 * capacity)
    private Columns columns; // (2 * capacity)
    private float[] displacedFields = {}; // (fields), by the last push
    private float[] displacedAhead = {}; // (ahead), by the last announcement
    private boolean announced; // since the last push
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
        this.columns = Columns.of(new float[2 * capacity]);
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

    /** Takes a value in, without other fields; returns the one it displaced, for {@link #undo}. */
    public float push(double value) {
        return push(value, NO_VALUES);
    }

    /**
     * Takes a tick's values in; returns the target's that it displaced, for {@link #undo}.
     *
     * @param values the target, then the other fields; those that are no finite number, or not there, count as missing. Not
     *     modified.
     */
    public float push(double[] values) {
        return push(values[0], values);
    }

    private float push(double value, double[] values) {
        float displaced = raw[next];
        put(next, (float) value);
        for (int i = 0; i < displacedFields.length; i++) {
            displacedFields[i] = columns.fields()[i][next];
            put(columns.fields()[i], next, i + 1 < values.length ? (float) values[i + 1] : Float.NaN);
        }
        announced = false;
        next = next + 1 == capacity ? 0 : next + 1;
        size = Math.min(size + 1, capacity);
        return displaced;
    }

    /**
     * Takes the newest value, its fields and what was announced with them out again; once after each push.
     *
     * @param displaced what {@link #push} returned
     * @param sizeBefore {@link #size()} before that push
     */
    public void undo(float displaced, int sizeBefore) {
        next = next == 0 ? capacity - 1 : next - 1;
        put(next, displaced);
        for (int i = 0; i < displacedFields.length; i++) {
            put(columns.fields()[i], next, displacedFields[i]);
        }
        for (int i = 0; announced && i < displacedAhead.length; i++) {
            columns.ahead()[i][0] = displacedAhead[i];
        }
        size = sizeBefore;
    }

    /**
     * Takes in what the newest tick says of coming steps; after {@link #push}, for which it was said.
     *
     * @param passed steps since the tick before
     * @param said its values. Not modified.
     * @param places of each value to come among them
     */
    public void announce(Ahead ahead, long passed, double[] said, int[] places) {
        var known = columns.ahead();
        for (int i = 0; i < known.length; i++) {
            displacedAhead[i] = known[i][0];
        }
        announced = true;
        ahead.announce(known, 0, 0, passed, said, places);
    }

    /** How many values of coming steps it keeps. */
    public int aheadSize() {
        return displacedAhead.length;
    }

    /** What is known of coming steps, NaN where nothing is, (ahead). */
    public float[] ahead() {
        var values = new float[displacedAhead.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.ahead()[i][0];
        }
        return values;
    }

    /** What was known of coming steps before the last {@link #announce}, (ahead). */
    public float[] aheadBefore() {
        return displacedAhead.clone();
    }

    /** Knows this of coming steps from now on. {@code values} Not modified. */
    public void foresee(float[] values) {
        var ahead = new float[values.length][1];
        for (int i = 0; i < values.length; i++) {
            ahead[i][0] = Float.isFinite(values[i]) ? values[i] : Float.NaN;
        }
        columns = new Columns(columns.u(), columns.fields(), ahead, columns.traits());
        displacedAhead = new float[values.length];
        announced = false;
    }

    /** Visits what is known of coming steps, after {@link #visitFields}. */
    public void visitAhead(FieldVisitor visitor) {
        int count = (int) visitor.whole(displacedAhead.length);
        if (count < 0 || count > MOST_AHEAD) {
            throw new IllegalArgumentException("ring: expected 0 to " + MOST_AHEAD + " values to come, got " + count);
        }
        var values = visitor.reads() ? new float[count] : ahead();
        visitor.singles(values);
        if (visitor.reads()) {
            foresee(values);
        }
    }

    /** How many other fields it keeps. */
    public int fields() {
        return displacedFields.length;
    }

    /** Forgets the other fields and keeps {@code count} of them from now on, all missing so far. */
    public void refield(int count) {
        refield(count, 0);
    }

    /** The same, and {@code ahead} values of coming steps. */
    public void refield(int count, int ahead) {
        setFields(new float[count][0]);
        var unknown = new float[ahead];
        Arrays.fill(unknown, Float.NaN);
        foresee(unknown);
    }

    /** What is known of the entity. */
    public Traits traits() {
        return columns.traits();
    }

    /** Says what is known of the entity from now on. */
    public void describe(Traits traits) {
        if (traits != columns.traits()) {
            columns = new Columns(columns.u(), columns.fields(), columns.ahead(), traits);
        }
    }

    /** One of the other fields, oldest first, NaN where it is missing, (size). */
    public float[] field(int number) {
        return Arrays.copyOfRange(columns.fields()[number], end() - size, end());
    }

    /** One of the other fields {@code back} steps before the newest; NaN where it is missing. */
    public float field(int number, int back) {
        return columns.fields()[number][end() - 1 - back];
    }

    /** Makes the ring fit a model: its transform, and room for at least {@code least} values. Keeps all values. */
    public void fit(Transform transform, int least) {
        if (least > capacity) {
            grow(least);
        }
        if (this.transform != transform) {
            this.transform = transform;
            var transformed = columns.u();
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

    /** Visits the other fields, after {@link #visit}. */
    public void visitFields(FieldVisitor visitor) {
        int count = (int) visitor.whole(fields());
        if (count < 0 || count > MOST_FIELDS) {
            throw new IllegalArgumentException("ring: expected 0 to " + MOST_FIELDS + " fields, got " + count);
        }
        var values = new float[count][];
        for (int i = 0; i < count; i++) {
            values[i] = visitor.reads() ? new float[size] : field(i);
            visitor.singles(values[i]);
        }
        if (visitor.reads()) {
            setFields(values);
        }
    }

    /** Transformed values and fields, twice over; the newest lie at {@link #end()} - 1. (2 * capacity) */
    Columns columns() {
        return columns;
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
        var fields = new float[fields()][];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = field(i);
        }
        refill(least, values());
        setFields(fields);
    }

    /** {@code newest} each of at most the size, oldest first; what is before them is missing. Not modified. */
    private void setFields(float[][] newest) {
        var fields = new float[newest.length][2 * capacity];
        for (int i = 0; i < fields.length; i++) {
            Arrays.fill(fields[i], Float.NaN);
            for (int j = 0; j < newest[i].length; j++) {
                put(fields[i], Math.floorMod(next - newest[i].length + j, capacity), newest[i][j]);
            }
        }
        columns = new Columns(columns.u(), fields, columns.ahead(), columns.traits());
        displacedFields = new float[fields.length];
    }

    private void refill(int newCapacity, float[] values) {
        if (newCapacity != capacity) {
            capacity = newCapacity;
            raw = new float[2 * newCapacity];
        }
        columns = new Columns(new float[2 * newCapacity], new float[0][], columns.ahead(), columns.traits());
        displacedFields = new float[0];
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
        columns.u()[at] = u;
        columns.u()[at + capacity] = u;
    }

    /** {@code field} Modified. */
    private void put(float[] field, int at, float value) {
        float kept = Float.isFinite(value) ? value : Float.NaN;
        field[at] = kept;
        field[at + capacity] = kept;
    }
}
