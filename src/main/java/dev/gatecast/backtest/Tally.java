package dev.gatecast.backtest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The running sums of one lane; those of all lanes, merged in their order, are the backtest's result. */
final class Tally {
    final List<PointErrors> points = new ArrayList<>(); // (contenders)
    final @Nullable QuantileErrors[] quantiles; // (models)
    final HourErrors hours;
    final TimeBuckets times;
    long judged;

    /** Forecasts that are complete, and the time from each to the end of its reach. */
    long complete;

    double reach;

    /**
     * Empty sums.
     *
     * @param contenders all that are judged
     * @param models those of them with quantiles, which come first
     */
    Tally(int contenders, int models, Grid grid) {
        for (var c = 0; c < contenders; c++) {
            points.add(new PointErrors(grid.horizons()));
        }
        quantiles = new QuantileErrors[models];
        hours = new HourErrors(contenders);
        times = new TimeBuckets(Math.max(1, grid.slots().cadence()));
    }

    /** The quantile errors of a model, made at its first forecast. */
    QuantileErrors quantiles(int model, float[] levels, int horizons) {
        var errors = quantiles[model];
        if (errors == null) {
            errors = new QuantileErrors(levels, horizons);
            quantiles[model] = errors;
        }
        return errors;
    }

    /** Takes another lane's sums in; they are of no further use. */
    void merge(Tally other) {
        for (var c = 0; c < points.size(); c++) {
            points.get(c).merge(other.points.get(c));
        }
        for (var m = 0; m < quantiles.length; m++) {
            var own = quantiles[m];
            var more = other.quantiles[m];
            if (own == null) {
                quantiles[m] = more;
            } else if (more != null) {
                own.merge(more);
            }
        }
        hours.merge(other.hours);
        times.merge(other.times);
        judged += other.judged;
        complete += other.complete;
        reach += other.reach;
    }
}
