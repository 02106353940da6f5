package dev.gatecast.forecast;

import dev.gatecast.event.FieldVisitor;
import dev.gatecast.event.HorizonGroups;
import dev.gatecast.score.Widths;
import java.util.Arrays;

/**
 * One entity's past losses of the experts, and the point forecasts that wait for their truth. A new one knows no model:
 * {@link Mixture#adopt} gives it its form. Not safe for two threads at once.
 */
final class MixtureState {
    /** Forecasts of a group that wait at most. */
    private static final int MOST_WAITING = 48;

    /** Numbers of a forecast that waits: the model's point, the linear one, the model's less its bias. */
    static final int POINTS = 3;

    private static final int FIRST_EXPERTS = Mixture.EXPERTS - 1; // those of the layout's first version with a mixture

    int horizons; // of the model; 0: none yet
    int[] reaches = {}; // farthest horizon of each group, ascending, (groups)
    int[] strides = {}; // rows from one kept forecast to the next, (groups)
    float[] losses = {}; // discounted mean absolute errors, (groups * experts)
    int[] judged = {}; // forecasts that the losses are of, (groups)
    /** The model's point, NaN: none; the linear one; the model's less its bias. (groups)(places * POINTS) */
    float[][] waiting = {};

    float bias; // of the model: what the values lately came above it by, one step ahead
    long rows; // since the form was given

    /** Gives the form for a model, nothing waiting; losses stay where the number of groups does. */
    void form(int newHorizons) {
        horizons = newHorizons;
        reaches = newHorizons == 0 ? new int[0] : HorizonGroups.reaches(newHorizons);
        strides = new int[reaches.length];
        if (judged.length != reaches.length) {
            judged = new int[reaches.length];
            losses = new float[reaches.length * Mixture.EXPERTS];
        }
        waiting = new float[reaches.length][];
        for (int g = 0; g < reaches.length; g++) {
            strides[g] = (reaches[g] + MOST_WAITING - 1) / MOST_WAITING;
            waiting[g] = new float[POINTS * ((reaches[g] + strides[g] - 1) / strides[g])];
            Arrays.fill(waiting[g], Float.NaN);
        }
        bias = 0;
        rows = 0;
    }

    /** Forgets everything. */
    void clear() {
        if (horizons != 0) {
            form(0);
        }
    }

    /** The first horizon of a group. */
    int first(int group) {
        return HorizonGroups.first(reaches, group);
    }

    /** The place of a row's forecast, or -1 where it is not kept. */
    int place(int group, long row) {
        return row < 0 || row % strides[group] != 0
                ? -1
                : (int) (row / strides[group] % (waiting[group].length / POINTS));
    }

    /** The horizon of a row's forecast that is kept: equally often each of the group. */
    int horizon(int group, long row) {
        return HorizonGroups.horizon(reaches, group, row);
    }

    /** Describes the layout: horizons, rows, forecasts judged, losses, waiting points by group. */
    void visit(FieldVisitor visitor) {
        int visited = (int) visitor.whole(horizons);
        if (visited < 0 || visited > Widths.MOST_HORIZONS) {
            throw new IllegalArgumentException(
                    "mixture: horizons from 0 to " + Widths.MOST_HORIZONS + " expected, not " + visited);
        }
        if (visited != horizons) {
            form(visited);
        }
        rows = visitor.whole(rows);
        if (rows < 0) {
            throw new IllegalArgumentException("mixture: rows from 0 on expected, not " + rows);
        }
        visitor.counts(judged);
        for (int g = 0; g < reaches.length; g++) {
            int from = g * Mixture.EXPERTS;
            for (int e = from; e < from + FIRST_EXPERTS; e++) {
                losses[e] = visitor.single(losses[e]);
            }
            if (visitor.reads()) {
                losses[from + Mixture.UNBIASED] = losses[from];
            }
        }
        for (var points : waiting) {
            for (int at = 0; at < points.length; at += POINTS) {
                points[at] = visitor.single(points[at]);
                points[at + 1] = visitor.single(points[at + 1]);
                points[at + 2] = visitor.reads() ? points[at] : points[at + 2];
            }
        }
    }

    /** Describes what came to it later: the model's bias, the losses without it by group, the waiting points without it. */
    void visitBias(FieldVisitor visitor) {
        bias = visitor.single(bias);
        for (int e = Mixture.UNBIASED; e < losses.length; e += Mixture.EXPERTS) {
            losses[e] = visitor.single(losses[e]);
        }
        for (var points : waiting) {
            for (int at = 2; at < points.length; at += POINTS) {
                points[at] = visitor.single(points[at]);
            }
        }
    }
}
