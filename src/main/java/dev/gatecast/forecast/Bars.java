package dev.gatecast.forecast;

import dev.gatecast.event.Tick;
import dev.gatecast.feature.BarMaker;
import dev.gatecast.feature.BarSpec;
import org.jspecify.annotations.Nullable;

/** Makes the ticks of entities into bars, which wait in their states until they close. Immutable. */
public final class Bars {
    /** Name of the value that a bar has after those of its ticks: 1 where it had no ticks and is filled, else 0. */
    public static final String MISSING = BarSpec.MISSING;

    private final BarMaker maker;

    public Bars(BarSpec spec) {
        maker = new BarMaker(spec);
    }

    /**
     * Takes a tick into its bar, after all bars that are due were taken with {@link #next}.
     *
     * @param state the entity's. Modified.
     * @return why the tick is late, or null where it is not
     */
    public @Nullable String add(EntityState state, Tick tick) {
        boolean taken = maker.add(state.bars(), tick.time(), tick.values());
        if (taken) {
            state.ring.describe(tick.traits().or(state.ring.traits()));
        }
        return taken ? null : maker.late(state.bars(), tick.time());
    }

    /** Stream time at which the entity's next bar closes; Long.MAX_VALUE for never. {@code state} Modified. */
    public long due(EntityState state) {
        return maker.due(state.bars());
    }

    /**
     * Closes the entity's first bar that is due.
     *
     * @param state the entity's. Modified.
     * @param streamTime newest time of the entity's stream, milliseconds since the epoch
     * @return the bar as a tick with the time of its start; null where none is due
     */
    public @Nullable Tick next(String entity, EntityState state, long streamTime) {
        var bar = maker.next(state.bars(), streamTime);
        return bar == null ? null : new Tick(entity, bar.start(), bar.values(), bar.missing());
    }
}
