package dev.gatecast.score;

import dev.gatecast.event.FieldVisitor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One entity's width factors and the bands that wait for their truth. A new one knows no model: {@link Widths#adopt}
 * gives it its form. Not safe for two threads at once.
 */
public final class WidthState {
    int horizons; // of the model; 0: none yet
    int[] reaches = {}; // steps ahead that each group is judged by, ascending, (groups)
    float[] factors = {}; // log width factors, low and high side, (groups * 2)
    float[][] waiting = {}; // lower and upper ends of the last bands, NaN: none, (groups)(reach * 2)
    long rows; // since the form was given

    /** Horizons of the model that gave the form, 0 before the first. */
    public int horizons() {
        return horizons;
    }

    /** Gives the form for a model with so many horizons, nothing waiting; equal numbers of groups keep their factors. */
    void form(int newHorizons) {
        horizons = newHorizons;
        reaches = reaches(newHorizons);
        if (factors.length != reaches.length * 2) {
            factors = new float[reaches.length * 2];
        }
        waiting = new float[reaches.length][];
        for (var g = 0; g < waiting.length; g++) {
            waiting[g] = new float[reaches[g] * 2];
            Arrays.fill(waiting[g], Float.NaN);
        }
        rows = 0;
    }

    /** Index of the place in a group's ring that this row settles and then fills. */
    int place(int group) {
        return (int) (rows % reaches[group]) * 2;
    }

    /** Describes the layout: horizons, rows, factors, waiting bands by group. */
    public void visit(FieldVisitor v) {
        var visited = (int) v.whole(horizons);
        if (visited < 0 || visited > Widths.MOST_HORIZONS) {
            throw new IllegalArgumentException("horizons: 0 to " + Widths.MOST_HORIZONS + " expected, not " + visited);
        }
        if (visited != horizons) {
            form(visited);
        }
        rows = v.whole(rows);
        v.singles(factors);
        for (var band : waiting) {
            v.singles(band);
        }
    }

    /** The distinct ones of 1, a quarter, a half and all of the horizons; none for 0. */
    private static int[] reaches(int horizons) {
        return IntStream.of(1, (horizons + 3) / 4, (horizons + 1) / 2, horizons)
                .filter(reach -> horizons > 0)
                .distinct()
                .sorted()
                .toArray();
    }
}
