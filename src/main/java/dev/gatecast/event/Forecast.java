package dev.gatecast.event;

/**
 * Quantiles per horizon, made at one step of one entity. Immutable by agreement: nobody writes into the arrays.
 *
 * @param entity the entity's name
 * @param madeAt time of the tick that it was made at, milliseconds since the epoch
 * @param cadence milliseconds from one horizon to the next; 0 where every tick is a step and target times are unknown
 * @param levels the quantiles' probabilities, ascending, (levels)
 * @param values the quantiles in the entity's units, horizon by horizon, ascending within each, (horizons * levels)
 * @param stamp which model made it and whether it counts
 */
@SuppressWarnings("ArrayRecordComponent")
public record Forecast(String entity, long madeAt, long cadence, float[] levels, float[] values, Stamp stamp) {
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
