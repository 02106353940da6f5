package dev.gatecast.trainer;

import dev.gatecast.trainer.GateResult.Contender;
import java.util.ArrayList;

/** Errors of one contender, horizon by horizon. Not thread-safe. */
final class Errors {
    private final double[] absolute; // (horizons), sums in the entities' units
    private final double[] relative; // (horizons), sums in units of each entity's seasonal difference
    private final double[] pinball; // (horizons), the same, means over the levels
    private final long[] counts; // (horizons)
    private long covered;
    private long banded;

    Errors(int horizons) {
        absolute = new double[horizons];
        relative = new double[horizons];
        pinball = new double[horizons];
        counts = new long[horizons];
    }

    /**
     * Takes in a point forecast.
     *
     * @param horizon steps ahead, from 1
     * @param error truth minus forecast
     * @param unit the entity's seasonal difference, above 0
     */
    void add(int horizon, double error, double unit) {
        absolute[horizon - 1] += Math.abs(error);
        relative[horizon - 1] += Math.abs(error) / unit;
        counts[horizon - 1]++;
    }

    /**
     * Takes in the quantiles behind the point forecast.
     *
     * @param horizon steps ahead, from 1
     * @param mean pinball loss, mean over the levels
     * @param inside whether the truth lay within the 90 % band
     */
    void addQuantiles(int horizon, double mean, double unit, boolean inside) {
        pinball[horizon - 1] += mean / unit;
        covered += inside ? 1 : 0;
        banded++;
    }

    /** All of it; not a number where nothing was compared. */
    Contender figures(String name) {
        var mae = new ArrayList<Double>();
        for (int h = 0; h < counts.length; h++) {
            mae.add(absolute[h] / counts[h]);
        }
        return new Contender(name, meanOfMeans(relative), meanOfMeans(pinball), (double) covered / banded, mae);
    }

    private double meanOfMeans(double[] sums) {
        double sum = 0;
        int used = 0;
        for (int h = 0; h < sums.length; h++) {
            if (counts[h] > 0) {
                sum += sums[h] / counts[h];
                used++;
            }
        }
        return sum / used;
    }
}
