package dev.gatecast.trainer;

/**
 * One entity's values of the target, cut in time: rows before {@code fitEnd} are fitted to, those up to
 * {@code selectEnd} select, those up to the end judge.
 *
 * @param entity its name
 * @param times ascending, (rows)
 * @param values finite, in the entity's units, (rows)
 * @param fitEnd rows that weights are fitted to
 * @param selectEnd rows that training has seen in any way
 */
@SuppressWarnings("ArrayRecordComponent")
record Past(String entity, long[] times, double[] values, int fitEnd, int selectEnd) {
    int rows() {
        return values.length;
    }

    /** Mean of {@code |y[t] - y[t-lag]|} over the fitted rows; 0 where there are no two such rows. */
    double meanDifference(int lag) {
        double sum = 0;
        for (int i = lag; i < fitEnd; i++) {
            sum += Math.abs(values[i] - values[i - lag]);
        }
        return fitEnd > lag ? sum / (fitEnd - lag) : 0;
    }
}
