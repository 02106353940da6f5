package dev.gatecast.trainer;

import dev.gatecast.event.Forecast.Directions;
import org.jspecify.annotations.Nullable;

/** One of those that the gate compares, on its way through the data. Not thread-safe. */
sealed interface Contestant permits ModelContestant, NaiveContestant, ConstantDirection {
    /** As in the figures. */
    String name();

    /** A new entity comes. */
    void begin();

    /** Takes in row {@code t}. */
    void advance(Past past, int t);

    /** Whether its forecast at the last row counts. */
    boolean ready();

    /**
     * Compares its forecast at row {@code t} with what came.
     *
     * @param unit the entity's seasonal difference, above 0
     * @param moves which moves are down, flat and up; null where nobody asks
     */
    void compare(Past past, int t, double unit, @Nullable Directions moves);

    /** What came out. */
    Errors errors();
}
