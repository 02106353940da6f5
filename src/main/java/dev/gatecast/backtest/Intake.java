package dev.gatecast.backtest;

import dev.gatecast.feature.FeatureSpec.Seasons;
import dev.gatecast.feature.Guess;
import dev.gatecast.source.Series;
import java.util.Arrays;

/**
 * Which values of a past a forecaster would have taken in: what stands for a bar without ticks is guessed from the values
 * before it, what is no measurement is left out.
 *
 * @param seasons those that guesses look back by
 * @param limit largest absolute value that is taken for a measurement
 */
record Intake(Seasons seasons, double limit) {
    private static final int TARGET = 0;

    /**
     * What was taken in of one entity.
     *
     * @param times ascending, (steps). Not modified.
     * @param values finite, (steps). Not modified.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Taken(long[] times, double[] values) {
        int steps() {
            return values.length;
        }
    }

    /** What would have been taken in of a series. */
    Taken of(Series series) {
        var times = new long[series.size()];
        var values = new double[series.size()];
        var steps = 0;
        for (var i = 0; i < series.size(); i++) {
            var value = series.value(TARGET, i);
            if (series.missing(i) && Double.isNaN(value) && steps > 0) {
                value = Guess.at(values, steps, seasons);
            }
            if (Math.abs(value) <= limit) {
                times[steps] = series.time(i);
                values[steps++] = value;
            }
        }
        return new Taken(Arrays.copyOf(times, steps), Arrays.copyOf(values, steps));
    }
}
