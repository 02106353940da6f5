package dev.gatecast.event;

import org.jspecify.annotations.Nullable;

/**
 * Quantiles per horizon, made at one step of one entity. Immutable by agreement: nobody writes into the arrays.
 *
 * @param entity the entity's name
 * @param madeAt time of the tick that it was made at, milliseconds since the epoch
 * @param cadence milliseconds from one horizon to the next; 0 where every tick is a step and target times are unknown
 * @param levels the quantiles' probabilities, ascending, (levels)
 * @param values the quantiles in the entity's units, horizon by horizon, ascending within each, (horizons * levels)
 * @param stamp which model made it and whether it counts
 * @param means the mean of each horizon's distribution, what is least wrong by squared error, (horizons); empty where unknown
 * @param directions where the value moves, null where the model does not say
 */
@SuppressWarnings("ArrayRecordComponent")
public record Forecast(
        String entity,
        long madeAt,
        long cadence,
        float[] levels,
        float[] values,
        Stamp stamp,
        float[] means,
        @Nullable Directions directions) {
    private static final float[] UNKNOWN = {};

    /** Without means and directions. */
    public Forecast(String entity, long madeAt, long cadence, float[] levels, float[] values, Stamp stamp) {
        this(entity, madeAt, cadence, levels, values, stamp, UNKNOWN, null);
    }

    /** The same with these quantiles and means. */
    public Forecast withNumbers(float[] newValues, float[] newMeans) {
        return new Forecast(entity, madeAt, cadence, levels, newValues, stamp, newMeans, directions);
    }

    /**
     * How likely the value moves down, stays or moves up until each horizon.
     *
     * @param below a value below it is a move down, in the entity's units
     * @param above a value above it is a move up
     * @param probabilities of down, flat and up, horizon by horizon, (horizons * 3)
     */
    public record Directions(float below, float above, float[] probabilities) {
        /** Down, flat, up. */
        public static final int CLASSES = 3;

        /** The class of a value that came: 0 down, 1 flat, 2 up. */
        public int classOf(double value) {
            return value < below ? 0 : value > above ? 2 : 1;
        }

        /** How likely a class is at a horizon, from 1. */
        public float probability(int horizon, int direction) {
            return probabilities[(horizon - 1) * CLASSES + direction];
        }

        /** The likeliest class of a horizon, from 1; the lower one of equals. */
        public int likeliest(int horizon) {
            int from = (horizon - 1) * CLASSES;
            int best = 0;
            for (int i = 1; i < CLASSES; i++) {
                best = probabilities[from + i] > probabilities[from + best] ? i : best;
            }
            return best;
        }
    }

    /**
     * Where a forecast comes from.
     *
     * @param model the model's id, 64 hexadecimal digits
     * @param warming true until the entity has seen enough steps under the model
     */
    public record Stamp(String model, boolean warming) {}

    /** Number of horizons. */
    public int horizons() {
        return values.length / levels.length;
    }

    /**
     * One quantile.
     *
     * @param horizon steps ahead, 1 to {@link #horizons()}
     * @param level index into {@link #levels()}
     */
    public float quantile(int horizon, int level) {
        return values[(horizon - 1) * levels.length + level];
    }

    /** The time that a horizon speaks of, or -1 where it is unknown. */
    public long targetTime(int horizon) {
        return cadence > 0 ? madeAt + horizon * cadence : -1;
    }
}
