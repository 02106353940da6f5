package dev.gatecast.trainer;

import dev.gatecast.event.Traits;
import dev.gatecast.feature.Ahead;
import dev.gatecast.feature.Elapsed;
import dev.gatecast.feature.Movement;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * One entity's values of the target, cut in time: rows before {@code fitEnd} are fitted to, those up to
 * {@code selectEnd} select, those up to the end judge.
 *
 * @param who its name and what is known of it
 * @param times ascending, (rows)
 * @param values finite, in the entity's units, (rows)
 * @param fields other fields of the same ticks, NaN where one is missing, (fields, rows)
 * @param ahead values of coming steps as they were known at each row, NaN where one was not, (ahead, rows)
 * @param guessed rows whose value did not come but was guessed. Not modified.
 * @param ends where it is cut
 */
@SuppressWarnings("ArrayRecordComponent")
record Past(Who who, long[] times, double[] values, float[][] fields, float[][] ahead, BitSet guessed, Ends ends) {
    /**
     * Where the rows are cut.
     *
     * @param fit rows that weights are fitted to
     * @param select rows that training has seen in any way
     */
    record Ends(int fit, int select) {}

    /** With values that all came. */
    Past(Who who, long[] times, double[] values, float[][] fields, int fitEnd, int selectEnd) {
        this(who, times, values, fields, new float[0][], new BitSet(), new Ends(fitEnd, selectEnd));
    }

    /**
     * Whose values they are.
     *
     * @param entity its name
     * @param traits what is known of it
     */
    record Who(String entity, Traits traits) {}

    /** The entity's name. */
    String entity() {
        return who.entity;
    }

    /** What is known of the entity. */
    Traits traits() {
        return who.traits;
    }

    /** Rows that weights are fitted to. */
    int fitEnd() {
        return ends.fit;
    }

    /** Rows that training has seen in any way. */
    int selectEnd() {
        return ends.select;
    }

    /** Whether the value of a row did not come: nothing is learnt or judged by it. */
    boolean guessed(int row) {
        return guessed.get(row);
    }

    /** How many values from a row on, up to another, came. */
    int observed(int from, int until) {
        return Math.max(0, until - from)
                - guessed.get(from, Math.max(from, until)).cardinality();
    }

    /** The times of the rows whose values came. */
    long[] observedTimes() {
        return guessed.isEmpty()
                ? times
                : IntStream.range(0, times.length)
                        .filter(row -> !guessed.get(row))
                        .mapToLong(row -> times[row])
                        .toArray();
    }

    /** The same with one field more: the time since the row before. */
    Past withElapsed() {
        var more = Arrays.copyOf(fields, fields.length + 1);
        var elapsed = new float[times.length];
        for (int row = 0; row < elapsed.length; row++) {
            elapsed[row] = row == 0 ? Float.NaN : Elapsed.of(times[row] - times[row - 1]);
        }
        more[fields.length] = elapsed;
        return new Past(who, times, values, more, ahead, guessed, ends);
    }

    /** The same, cut elsewhere. */
    Past cut(int fit, int select) {
        return new Past(who, times, values, fields, ahead, guessed, new Ends(fit, select));
    }

    /** The target, the other fields and the values to come of a row, as a tick has them. */
    double[] tick(int row) {
        var tick = new double[1 + fields.length + ahead.length];
        tick[0] = values[row];
        for (int i = 0; i < fields.length; i++) {
            tick[i + 1] = fields[i][row];
        }
        for (int i = 0; i < ahead.length; i++) {
            tick[1 + fields.length + i] = ahead[i][row];
        }
        return tick;
    }

    int rows() {
        return values.length;
    }

    /** The first row at a time or after it; the number of rows where there is none. */
    int firstAtOrAfter(long time) {
        int at = Arrays.binarySearch(times, time);
        return at >= 0 ? at : -at - 1;
    }

    /**
     * Whether any row that training has not seen comes one step after the row before.
     *
     * @param cadence milliseconds from one step to the next; 0 where every row is a step
     */
    boolean steps(long cadence) {
        for (int row = Math.max(1, selectEnd()); row < rows(); row++) {
            if (Ahead.passed(times[row - 1], times[row], cadence) == 1) {
                return true;
            }
        }
        return false;
    }

    /**
     * Mean of {@code |y[t] - y[t-lag]|} over the fitted rows; 0 where there are no two such rows, or where it is less than the
     * floats that forecasts are can tell apart at values of that size.
     */
    double meanDifference(int lag) {
        double mean = difference(lag);
        return mean > Math.ulp((float) largest(lag)) ? mean : 0;
    }

    /** Whether such floats lose a movement that they would hold if a constant were subtracted from the values. */
    boolean lostInFloats(int lag) {
        var fitted = Arrays.stream(values, 0, fitEnd()).summaryStatistics();
        double mean = difference(lag);
        return meanDifference(lag) == 0 && mean > 0 && mean > Math.ulp((float) (fitted.getMax() - fitted.getMin()));
    }

    /** How the fitted values move from one to the next. */
    Movement movement() {
        var movement = new Movement();
        for (int i = 0; i < fitEnd(); i++) {
            movement.add(values[i]);
        }
        return movement;
    }

    /** Mean of {@code |y[t] - y[t-lag]|} over the fitted rows, whatever floats can tell apart. */
    double difference(int lag) {
        double sum = 0;
        for (int i = lag; i < fitEnd(); i++) {
            sum += Math.abs(values[i] - values[i - lag]);
        }
        return fitEnd() > lag ? sum / (fitEnd() - lag) : 0;
    }

    /** The largest size of the fitted values from a row on. */
    double largest(int from) {
        double largest = 0;
        for (int i = from; i < fitEnd(); i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }
}
