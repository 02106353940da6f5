package dev.gatecast.feature;

import dev.gatecast.event.Tick;
import dev.gatecast.feature.BarSpec.Fill;
import dev.gatecast.feature.BarSpec.Rule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes ticks into bars, each entity's in its {@link BarState}. A bar closes when the stream's time reaches its end and the
 * grace; what is in it depends on the order of the ticks alone, not on when somebody asks. Immutable.
 */
public final class BarMaker {
    private final BarSpec spec;

    public BarMaker(BarSpec spec) {
        this.spec = spec;
    }

    /**
     * Takes a tick in, after all bars that are due at the stream's time were taken with {@link #next}.
     *
     * @param bars the entity's. Modified.
     * @param values (fields). Not modified.
     * @return false where its bar is closed already: the tick is late
     */
    public boolean add(BarState bars, long time, double[] values) {
        bars.fit(spec);
        long start = spec.start(time);
        if (bars.next != BarState.NONE && start < bars.next) {
            return false;
        }
        if (bars.next == BarState.NONE || (bars.open.isEmpty() && !fills(bars))) {
            goOn(bars, start);
        }
        bars.open
                .computeIfAbsent(start, unused -> new OpenBar(spec.rules().size()))
                .add(time, values);
        return true;
    }

    /** Stream time at which the next bar closes; Long.MAX_VALUE while the entity pauses. {@code bars} Modified. */
    public long due(BarState bars) {
        bars.fit(spec);
        if (bars.next == BarState.NONE) {
            return Long.MAX_VALUE;
        }
        if (fills(bars)) {
            return end(bars.next);
        }
        return bars.open.isEmpty() ? Long.MAX_VALUE : end(bars.open.firstKey());
    }

    /**
     * Closes the first bar that is due.
     *
     * @param bars the entity's. Modified.
     * @param streamTime the stream's time, milliseconds since the epoch
     * @return the bar, or null where none is due
     */
    public @Nullable Bar next(BarState bars, long streamTime) {
        if (due(bars) > streamTime) {
            return null;
        }
        if (!fills(bars)) {
            goOn(bars, bars.open.firstKey());
        }
        var open = bars.open.remove(bars.next);
        long start = bars.next;
        bars.next += spec.cadence();
        if (open == null) {
            bars.filled++;
            return new Bar(start, filling(bars.before), spec.fill().guesses());
        }
        bars.filled = 0;
        var values = open.values(spec.rules());
        bars.before = values.clone();
        return new Bar(start, values, false);
    }

    /** What a tick is told whose bar is closed. */
    public String late(BarState bars, long time) {
        return "expected a time from " + Tick.text(bars.next) + " on, where the entity's next bar starts, got "
                + Tick.text(time);
    }

    /** Whether a bar without ticks would be filled. */
    private boolean fills(BarState bars) {
        return spec.fill() != Fill.NONE && bars.before != null && bars.filled < spec.mostFilled();
    }

    /** After a pause to the bar with its first tick, or so many before it that whole periods are left out. {@code bars} Modified. */
    private void goOn(BarState bars, long start) {
        long paused = bars.next == BarState.NONE || bars.before == null ? 0 : (start - bars.next) / spec.cadence();
        int rest = (int) (paused % spec.period());
        bars.filled = rest == 0 ? bars.filled : spec.mostFilled() - rest;
        bars.next = start - rest * spec.cadence();
    }

    private double[] filling(double @Nullable [] before) {
        int fields = spec.rules().size();
        var values =
                spec.fill() == Fill.LAST && before != null ? Arrays.copyOf(before, fields + 1) : new double[fields + 1];
        if (spec.fill() == Fill.SEASON) {
            Arrays.fill(values, Double.NaN);
        }
        for (int i = 0; i < fields; i++) {
            values[i] = spec.rules().get(i) == Rule.ANNOUNCED ? Double.NaN : values[i];
        }
        values[fields] = 1;
        return values;
    }

    private long end(long start) {
        return start + spec.cadence() + spec.grace();
    }
}
