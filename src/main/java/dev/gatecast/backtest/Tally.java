package dev.gatecast.backtest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The running sums of one lane; those of all lanes, merged in their order, are the backtest's result. */
final class Tally {
    private static final int TIMES = 2048;

    final PointErrors points;
    final @Nullable QuantileErrors[] quantiles; // (models)
    final List<Trades> trades = new ArrayList<>(); // (contenders), or empty
    final @Nullable DirectionErrors[] directions; // (models)
    final FirstTicks firsts;
    final HourErrors hours;
    final TimeBuckets times;
    final HorizonSums layout;

    /** Errors by the time of forecasting and by horizon, laid out by {@link HorizonSums}. */
    final TimeBuckets horizons;

    /** Time from forecasts to the values that they met, (horizons). */
    final double[] ahead;

    long judged;

    /** Forecasts that are complete, and the time from each to the end of its reach. */
    long complete;

    double reach;

    /**
     * Empty sums.
     *
     * @param contenders all that are judged
     * @param models those of them with quantiles, which come first
     * @param cost of a trade; null: none is counted
     */
    Tally(int contenders, int models, Grid grid, @Nullable Cost cost) {
        points = new PointErrors(contenders, grid.horizons());
        for (var c = 0; cost != null && c < contenders; c++) {
            trades.add(new Trades(cost, grid.horizons()));
        }
        quantiles = new QuantileErrors[models];
        directions = new DirectionErrors[models];
        firsts = new FirstTicks(grid.horizons());
        hours = new HourErrors(contenders);
        var width = Math.max(1, grid.slots().cadence());
        times = new TimeBuckets(width, TIMES);
        layout = new HorizonSums(grid.horizons(), contenders);
        horizons = new TimeBuckets(width, layout.buckets());
        ahead = new double[grid.horizons()];
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

    /** The direction errors of a model, made at its first forecast that has any. */
    DirectionErrors directions(int model, int horizons) {
        var errors = directions[model];
        if (errors == null) {
            errors = new DirectionErrors(horizons);
            directions[model] = errors;
        }
        return errors;
    }

    /** Takes another lane's sums in; they are of no further use. */
    void merge(Tally other) {
        points.merge(other.points);
        mergeDirections(other);
        for (var m = 0; m < quantiles.length; m++) {
            var own = quantiles[m];
            var more = other.quantiles[m];
            if (own == null) {
                quantiles[m] = more;
            } else if (more != null) {
                own.merge(more);
            }
        }
        for (var c = 0; c < trades.size(); c++) {
            trades.get(c).merge(other.trades.get(c));
        }
        firsts.merge(other.firsts);
        hours.merge(other.hours);
        times.merge(other.times);
        horizons.merge(other.horizons);
        Sums.add(other.ahead, ahead);
        judged += other.judged;
        complete += other.complete;
        reach += other.reach;
    }

    private void mergeDirections(Tally other) {
        for (var m = 0; m < directions.length; m++) {
            var own = directions[m];
            var more = other.directions[m];
            if (own == null) {
                directions[m] = more;
            } else if (more != null) {
                own.merge(more);
            }
        }
    }
}
