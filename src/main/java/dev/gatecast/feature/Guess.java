package dev.gatecast.feature;

import dev.gatecast.feature.FeatureSpec.Seasons;
import java.util.function.IntToDoubleFunction;

/**
 * What stands for a value that is missing: the mean of the values one short season, one long season and two long seasons
 * before, of those that there are; without any the last value.
 */
public final class Guess {
    private Guess() {}

    /** The guess of the value after an entity's newest one. {@code ring} at least one value. Not modified. */
    public static double next(Ring ring, Seasons seasons) {
        return of(seasons, ring.size(), back -> ring.raw(back - 1));
    }

    /**
     * The same of an element of a whole series.
     *
     * @param values (values). Not modified.
     * @param at its index, at least 1
     */
    public static double at(double[] values, int at, Seasons seasons) {
        return of(seasons, at, back -> values[at - back]);
    }

    private static double of(Seasons seasons, int size, IntToDoubleFunction before) {
        int shorter = seasons.shorter();
        int longer = seasons.longer();
        double sum = 0;
        int found = 0;
        if (shorter > 0 && shorter <= size) {
            sum += before.applyAsDouble(shorter);
            found++;
        }
        if (longer > shorter && longer <= size) {
            sum += before.applyAsDouble(longer);
            found++;
        }
        if (longer > 0 && 2 * longer <= size) {
            sum += before.applyAsDouble(2 * longer);
            found++;
        }
        return found == 0 ? before.applyAsDouble(1) : sum / found;
    }
}
