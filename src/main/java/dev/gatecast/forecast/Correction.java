package dev.gatecast.forecast;

import dev.gatecast.event.HorizonGroups;
import dev.gatecast.score.Widths;

/**
 * What a model's forecasts are corrected by before they leave, as its training found it on data that no weight was fitted
 * to.
 *
 * @param from time, milliseconds since the epoch or a row number, from which ticks tell how far forecasts miss:
 *     earlier ones were trained on
 * @param widths what each quantile's distance from the median is multiplied by, by group of horizons
 *     ({@link #groups}), (groups * levels), or empty: nothing
 * @param least no forecast is below it; the largest of all data that were never below 0 is 0, -Infinity where there is no
 *     such limit
 */
@SuppressWarnings("ArrayRecordComponent")
public record Correction(long from, float[] widths, double least) {
    /** Nothing is corrected; every tick counts. */
    public static final Correction NONE = new Correction(Long.MIN_VALUE, new float[0], Double.NEGATIVE_INFINITY);

    /** The farthest horizon of each group that has its own factors, ascending. */
    public static int[] groups(int horizons) {
        return HorizonGroups.reaches(horizons);
    }

    /** A width factor as near to {@code factor} as may be. */
    public static float bounded(double factor) {
        return Widths.bounded(factor);
    }

    /** A quantile below this is emitted as the least value, where there is one. {@code highest} is the highest quantile. */
    public static float near(float least, float highest) {
        return Limits.near(least, highest);
    }

    /** Checks. */
    public Correction {
        for (float width : widths) {
            if (!(width > 0) || !Float.isFinite(width)) {
                throw new IllegalArgumentException("width factors: expected finite numbers above 0, got " + width);
            }
        }
        if (Double.isNaN(least) || least == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("least forecast: expected a number or -Infinity, got " + least);
        }
    }
}
