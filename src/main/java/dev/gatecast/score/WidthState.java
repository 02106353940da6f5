package dev.gatecast.score;

import dev.gatecast.event.FieldVisitor;
import dev.gatecast.event.HorizonGroups;
import java.util.Arrays;

/**
 * One entity's width factors and the bands that wait for their truth. A new one knows no model: {@link Widths#adopt}
 * gives it its form. Not safe for two threads at once.
 */
public final class WidthState {
    /** Forecasts of a group that wait at most. */
    private static final int MOST_WAITING = 24;

    private static final int MOST_LEVELS = 1024;

    int horizons; // of the model; 0: none yet
    int levels;
    int inner; // quantiles between the outermost ones, without the median
    int[] reaches = {}; // farthest horizon of each group, ascending, (groups)
    int[] strides = {}; // rows from one kept band to the next, (groups)
    float[] factors = {}; // width factors relative to the model's, (groups * levels)
    float[][] waiting = {}; // outermost quantiles of the last kept forecasts, NaN: none, (groups)(places * 2)
    byte[][] between = {}; // where the inner ones lie between them, 0 to FULL, (groups)(places * inner)
    long rows; // since the form was given
    long judged; // rows that judged a forecast, whatever the form

    /** Horizons of the model that gave the form, 0 before the first. */
    public int horizons() {
        return horizons;
    }

    /** Rows whose value judged what waited for it. */
    public long judged() {
        return judged;
    }

    /** Gives the form for a model, nothing waiting; equal numbers of groups and levels keep their factors. */
    void form(int newHorizons, int newLevels, int newInner) {
        horizons = newHorizons;
        levels = newLevels;
        reaches = HorizonGroups.reaches(newHorizons);
        strides = Arrays.stream(reaches).map(WidthState::stride).toArray();
        if (factors.length != reaches.length * newLevels) {
            factors = new float[reaches.length * newLevels];
            Arrays.fill(factors, 1f);
        }
        inner = newInner;
        waiting = new float[reaches.length][];
        between = new byte[reaches.length][];
        for (var g = 0; g < waiting.length; g++) {
            waiting[g] = new float[places(g) * 2];
            Arrays.fill(waiting[g], Float.NaN);
            between[g] = new byte[places(g) * inner];
        }
        rows = 0;
    }

    /** The number of the newest forecast of a group that was kept before this row, from 0; -1: none. */
    long newest(int group) {
        return Math.floorDiv(rows - 1, strides[group]);
    }

    /** Whether this row is the truth of a kept forecast, by its number. */
    boolean due(int group, long number) {
        var kept = number * strides[group];
        return kept >= 0 && kept + horizon(group, kept) == rows;
    }

    /** The place where this row's forecast is kept, or -1. */
    int place(int group) {
        return rows % strides[group] != 0 ? -1 : (int) (rows / strides[group] % places(group));
    }

    /** The horizon of this row's forecast that is kept. */
    int horizon(int group) {
        return horizon(group, rows);
    }

    private int horizon(int group, long row) {
        return HorizonGroups.horizon(reaches, group, row);
    }

    /** Forecasts of a group that wait. */
    int places(int group) {
        return (reaches[group] + strides[group] - 1) / strides[group];
    }

    /** Describes the layout: horizons, levels, rows, rows that judged, factors, waiting quantiles by group: the outermost ones, then the inner. */
    public void visit(FieldVisitor v) {
        var visited = (int) v.whole(horizons);
        var visitedLevels = (int) v.whole(levels);
        var visitedInner = (int) v.whole(inner);
        if (visitedInner < 0
                || visitedInner > visitedLevels
                || visited < 0
                || visited > Widths.MOST_HORIZONS
                || visitedLevels < 0
                || visitedLevels > MOST_LEVELS) {
            throw new IllegalArgumentException("horizons: 0 to " + Widths.MOST_HORIZONS + " and levels: 0 to "
                    + MOST_LEVELS + " expected, not " + visited + " and " + visitedLevels);
        }
        if (visited != horizons || visitedLevels != levels || visitedInner != inner) {
            form(visited, visitedLevels, visitedInner);
        }
        rows = v.whole(rows);
        judged = v.whole(judged);
        v.singles(factors);
        for (var g = 0; g < waiting.length; g++) {
            v.singles(waiting[g]);
            v.counts(between[g]);
        }
    }

    /** So that few wait, and without a common factor with the hours of a day. */
    static int stride(int reach) {
        var stride = (reach + MOST_WAITING - 1) / MOST_WAITING;
        while (stride > 1 && (stride % 2 == 0 || stride % 3 == 0)) {
            stride++;
        }
        return stride;
    }
}
