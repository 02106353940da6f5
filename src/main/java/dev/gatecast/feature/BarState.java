package dev.gatecast.feature;

import dev.gatecast.event.FieldVisitor;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bars of one entity that still take ticks, and what the next ones are filled with. Changed by a {@link BarMaker}. */
public final class BarState {
    static final long NONE = Long.MIN_VALUE;
    private static final int MOST_FIELDS = 1 << 12;

    final TreeMap<Long, OpenBar> open = new TreeMap<>();

    /** Values of the last bar that had ticks, then 0, (fields + 1); null before it. */
    double @Nullable [] before;

    /** Start of the next bar to close. */
    long next = NONE;

    /** Bars filled since one had ticks. */
    int filled;

    private long cadence;
    private int fields;

    /** Whether there is anything in it: the entity's ticks are made into bars. */
    public boolean used() {
        return cadence > 0;
    }

    /** Begins anew where it holds bars of another length or of other fields. */
    void fit(BarSpec spec) {
        if (cadence != spec.cadence() || fields != spec.rules().size()) {
            open.clear();
            before = null;
            next = NONE;
            filled = 0;
            cadence = spec.cadence();
            fields = spec.rules().size();
        }
    }

    /** Visits every number; a reader's bars are replaced. */
    public void visit(FieldVisitor visitor) {
        cadence = visitor.whole(cadence);
        fields = (int) visitor.whole(fields);
        if (cadence < 0 || fields < 0 || fields > MOST_FIELDS) {
            throw new IllegalArgumentException(
                    "bars: expected a cadence >= 0 and 0 to 4096 fields, got " + cadence + " and " + fields);
        }
        next = visitor.whole(next);
        filled = (int) visitor.whole(filled);
        visitBefore(visitor);
        long bars = visitor.whole(open.size());
        if (visitor.reads()) {
            open.clear();
            for (long bar = 0; bar < bars; bar++) {
                long start = visitor.whole(0);
                var one = new OpenBar(fields);
                one.visit(visitor);
                open.put(start, one);
            }
        } else {
            for (Map.Entry<Long, OpenBar> bar : open.entrySet()) {
                visitor.whole(bar.getKey());
                bar.getValue().visit(visitor);
            }
        }
    }

    private void visitBefore(FieldVisitor visitor) {
        boolean has = visitor.flag(before != null);
        if (visitor.reads()) {
            before = has ? new double[fields + 1] : null;
        }
        if (before != null) {
            visitor.reals(before);
        }
    }
}
