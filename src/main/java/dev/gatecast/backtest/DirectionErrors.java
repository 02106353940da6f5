package dev.gatecast.backtest;

import dev.gatecast.event.Forecast.Directions;

/** How often the likeliest direction of a move came, by horizon, as running sums. */
final class DirectionErrors {
    private final long[] hits; // (horizons)
    private final long[][] came; // (horizons, classes)

    DirectionErrors(int horizons) {
        hits = new long[horizons];
        came = new long[horizons][Directions.CLASSES];
    }

    /** Adds one forecast; {@code horizon} from 1. */
    void add(int horizon, double actual, Directions directions) {
        var direction = directions.classOf(actual);
        hits[horizon - 1] += directions.likeliest(horizon) == direction ? 1 : 0;
        came[horizon - 1][direction]++;
    }

    void merge(DirectionErrors other) {
        for (var h = 0; h < hits.length; h++) {
            hits[h] += other.hits[h];
            for (var direction = 0; direction < Directions.CLASSES; direction++) {
                came[h][direction] += other.came[h][direction];
            }
        }
    }

    /** Over the horizons {@code from} to {@code to}, from 1, included. */
    DirectionMetrics metrics(int from, int to) {
        var right = 0L;
        var most = 0L;
        var count = 0L;
        for (var h = from - 1; h < to; h++) {
            right += hits[h];
            var commonest = 0L;
            for (var n : came[h]) {
                commonest = Math.max(commonest, n);
                count += n;
            }
            most += commonest;
        }
        return new DirectionMetrics((double) right / count, (double) most / count);
    }
}
