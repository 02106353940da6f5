package dev.gatecast.feature;

import dev.gatecast.event.FieldVisitor;
import dev.gatecast.event.Traits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last values of one entity, oldest to newest, as they came and transformed, and the other fields of the same ticks.
 * State of one entity; not thread-safe.
 *
 * <p>The arrays that are summed over are written twice, one room apart, so that any window is one contiguous run and the
 * loops over it vectorise. The room doubles up to the capacity as values come: most of many entities may be short-lived.
 */
public final class Ring {
    private static final int MOST_FIELDS = 256;
    private static final int MOST_AHEAD = 1 << 20;
    private static final int FIRST_ROOM = 16;
    private static final double[] NO_VALUES = {};

    private float[] raw; // (room)
    private Columns columns; // (2 * room)
    private float[] displacedFields = {}; // (fields), by the last push
    private float[] displacedAhead = {}; // (ahead), by the last announcement
    private boolean announced; // since the last push
    private int capacity;
    private int room; // at most the capacity; less only while all values that came are held
    private int next;
    private int size;
    private Transform transform = Transform.IDENTITY;
    private int window; // newest values that the model looks at
    private int outside; // held values that the transform does not tell apart
    private @Nullable Tangent tangent; // null where the transform does without

    /** An empty ring for {@code capacity} values. */
    public Ring(int capacity) {
        if (capacity < 1 || capacity > 1 << 16) {
            throw new IllegalArgumentException("ring capacity: expected 1 to 65536, got " + capacity);
        }
        this.capacity = capacity;
        this.window = capacity;
        this.room = Math.min(capacity, FIRST_ROOM);
        this.raw = new float[room];
        this.columns = Columns.of(new float[2 * room]);
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
        int at = next - 1 - back;
        return raw[at < 0 ? at + room : at];
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
        if (size == room && room < capacity) {
            enlarge(Math.min(2 * room, capacity));
        }
        float displaced = take(value, values);
        bend();
        return displaced;
    }

    private float take(double value, double[] values) {
        float displaced = raw[next];
        outside += (transform.holds((float) value) ? 0 : 1) - (size < room || transform.holds(displaced) ? 0 : 1);
        put(next, (float) value);
        for (int i = 0; i < displacedFields.length; i++) {
            displacedFields[i] = columns.fields()[i][next];
            put(columns.fields()[i], next, i + 1 < values.length ? (float) values[i + 1] : Float.NaN);
        }
        announced = false;
        next = next + 1 == room ? 0 : next + 1;
        size = Math.min(size + 1, room);
        return displaced;
    }

    /**
     * Takes the newest value, its fields and what was announced with them out again; once after each push.
     *
     * @param displaced what {@link #push} returned
     * @param sizeBefore {@link #size()} before that push
     */
    public void undo(float displaced, int sizeBefore) {
        next = next == 0 ? room - 1 : next - 1;
        put(next, displaced);
        for (int i = 0; i < displacedFields.length; i++) {
            put(columns.fields()[i], next, displacedFields[i]);
        }
        for (int i = 0; announced && i < displacedAhead.length; i++) {
            columns.ahead()[i][0] = displacedAhead[i];
        }
        size = sizeBefore;
        count();
        bend();
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
            capacity = least;
        }
        boolean other = this.transform != transform;
        if (other) {
            this.transform = transform;
            tangent = null;
            count();
            transformAll();
        }
        if (other || window != least) {
            window = least;
            bend();
        }
    }

    /** The tangent that the transformed values are taken by, null for none. */
    @Nullable Tangent tangent() {
        return tangent;
    }

    private void count() {
        outside = 0;
        for (int back = 0; transform != Transform.IDENTITY && back < size; back++) {
            outside += transform.holds(raw(back)) ? 0 : 1;
        }
    }

    /** Sees to it that the transformed values are those of the tangent that they need. */
    private void bend() {
        if (outside == 0 && tangent == null) {
            return;
        }
        var needed = Tangent.of(this, Math.min(size, window), transform, tangent);
        if (needed != tangent) {
            tangent = needed;
            transformAll();
        }
    }

    private void transformAll() {
        for (int i = 0; i < room; i++) {
            put(i, raw[i]);
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
            capacity = readCapacity;
            refill(roomFor(readSize), values);
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

    /** Transformed values and fields, twice over; the newest lie at {@link #end()} - 1. (2 * room) */
    Columns columns() {
        return columns;
    }

    /** One past the newest value in the arrays; at least {@link #size()}. */
    int end() {
        return next + room;
    }

    /** The values in the entity's units, oldest first, (size). */
    public float[] values() {
        var values = new float[size];
        int older = Math.max(0, size - next); // they lie at the end
        System.arraycopy(raw, room - older, values, 0, older);
        System.arraycopy(raw, next - (size - older), values, older, size - older);
        return values;
    }

    /** The room that as many values have got when they came one by one. */
    private int roomFor(int count) {
        int found = Math.min(FIRST_ROOM, capacity);
        while (found < count) {
            found = Math.min(2 * found, capacity);
        }
        return found;
    }

    /** Makes more room for the same values. */
    private void enlarge(int newRoom) {
        var fields = new float[fields()][];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = field(i);
        }
        refill(newRoom, values());
        setFields(fields);
    }

    /** {@code newest} each of at most the size, oldest first; what is before them is missing. Not modified. */
    private void setFields(float[][] newest) {
        var fields = new float[newest.length][2 * room];
        for (int i = 0; i < fields.length; i++) {
            Arrays.fill(fields[i], Float.NaN);
            for (int j = 0; j < newest[i].length; j++) {
                put(fields[i], Math.floorMod(next - newest[i].length + j, room), newest[i][j]);
            }
        }
        columns = new Columns(columns.u(), fields, columns.ahead(), columns.traits());
        displacedFields = new float[fields.length];
    }

    /** {@code values} at most as many as there will be room. Not modified. */
    private void refill(int newRoom, float[] values) {
        room = newRoom;
        raw = new float[room];
        columns = new Columns(new float[2 * room], new float[0][], columns.ahead(), columns.traits());
        displacedFields = new float[0];
        next = 0;
        size = 0;
        outside = 0;
        for (float value : values) {
            take(value, NO_VALUES);
        }
        bend();
    }

    private void put(int at, float value) {
        float u = tangent == null ? transform.forward(value) : tangent.forward(value);
        raw[at] = value;
        columns.u()[at] = u;
        columns.u()[at + room] = u;
    }

    /** {@code field} Modified. */
    private void put(float[] field, int at, float value) {
        float kept = Float.isFinite(value) ? value : Float.NaN;
        field[at] = kept;
        field[at + room] = kept;
    }
}
