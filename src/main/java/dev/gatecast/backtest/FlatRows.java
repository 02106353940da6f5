package dev.gatecast.backtest;

import dev.gatecast.event.Forecast;

/**
 * One row a forecast, the shape that scorers of whole forecasts read: the entity, the number of its row that the first
 * horizon speaks of (left out where only last forecasts are written), then the medians of all horizons, or the lower ends
 * of the widest band followed by the upper ends.
 */
final class FlatRows implements ForecastSink {
    private final Lines lines;
    private final int horizons;
    private final boolean intervals;
    private final boolean numbered;

    FlatRows(Lines lines, int horizons, boolean intervals, boolean numbered) {
        this.lines = lines;
        this.horizons = horizons;
        this.intervals = intervals;
        this.numbered = numbered;
    }

    @Override
    public void forecast(Pending made, Window window, boolean last) {
        var forecast = made.forecast;
        if (forecast == null) {
            return;
        }
        lines.cell(forecast.entity());
        if (numbered) {
            lines.comma().whole(made.row + 1);
        }
        if (intervals) {
            level(forecast, 0);
            level(forecast, forecast.levels().length - 1);
        } else {
            level(forecast, QuantileErrors.median(forecast.levels()));
        }
        lines.end();
    }

    private void level(Forecast forecast, int level) {
        for (var h = 1; h <= horizons; h++) {
            lines.comma().number(forecast.quantile(h, level));
        }
    }
}
