package dev.gatecast.feature;

import dev.gatecast.feature.BarSpec.Fill;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bars of one entity. A bar closes when the stream's time reaches its end and the grace; what is in it depends on
 * the order of the ticks alone, not on when somebody asks. Not thread-safe.
 */
public final class BarMaker {
    private static final long NONE = Long.MIN_VALUE;

    private final BarSpec spec;
    private final TreeMap<Long, OpenBar> open = new TreeMap<>();
    private double @Nullable [] before;
    private long next = NONE;
    private int filled;

    public BarMaker(BarSpec spec) {
        this.spec = spec;
    }

    /** Takes bars as they close, in their order. */
    @FunctionalInterface
    public interface Sink {
        /**
         * One bar.
         *
         * @param start its first time, milliseconds since the epoch
         * @param values the fields' values, then 1 where the bar had no ticks and is filled, else 0, (fields + 1)
         */
        void bar(long start, double[] values);
    }

    /**
     * Takes a tick in, after {@link #close} for the stream's time.
     *
     * @param values (fields). Not modified.
     * @return false where its bar is closed already: the tick is late
     */
    public boolean add(long time, double[] values) {
        long start = spec.start(time);
        if (next != NONE && start < next) {
            return false;
        }
        if (next == NONE || (open.isEmpty() && !fills())) {
            next = start;
        }
        open.computeIfAbsent(start, unused -> new OpenBar(spec.rules().size())).add(time, values);
        return true;
    }

    /** Stream time at which the next bar closes; Long.MAX_VALUE while the entity pauses. */
    public long due() {
        if (next == NONE) {
            return Long.MAX_VALUE;
        }
        if (fills()) {
            return end(next);
        }
        return open.isEmpty() ? Long.MAX_VALUE : end(open.firstKey());
    }

    /** Closes all bars that are due at the stream's time. */
    public void close(long streamTime, Sink sink) {
        while (due() <= streamTime) {
            if (!fills()) {
                next = open.firstKey();
            }
            var bar = open.remove(next);
            long start = next;
            next += spec.cadence();
            if (bar == null) {
                filled++;
                sink.bar(start, filling());
            } else {
                filled = 0;
                before = bar.values(spec.rules());
                sink.bar(start, before);
            }
        }
    }

    /** Whether a bar without ticks would be filled. */
    private boolean fills() {
        return spec.fill() != Fill.NONE && before != null && filled < spec.mostFilled();
    }

    private double[] filling() {
        int fields = spec.rules().size();
        var values =
                spec.fill() == Fill.LAST && before != null ? Arrays.copyOf(before, fields + 1) : new double[fields + 1];
        values[fields] = 1;
        return values;
    }

    private long end(long start) {
        return start + spec.cadence() + spec.grace();
    }
}
