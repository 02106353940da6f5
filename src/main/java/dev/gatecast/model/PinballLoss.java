package dev.gatecast.model;

import java.util.Arrays;

/** The quantile loss max(q e, (q - 1) e) of the error e = target - out. */
final class PinballLoss implements Loss {
    private final float[] levels; // (quantiles)

    PinballLoss(float[] levels) {
        this.levels = levels.clone();
    }

    @Override
    public double of(float[] out, float[] target, int at, float share, float[] d) {
        var quantiles = levels.length;
        var sum = 0.0;
        for (int k = 0, horizon = at; k < out.length; k += quantiles, horizon++) {
            var y = target[horizon];
            if (Float.isNaN(y)) {
                Arrays.fill(d, k, k + quantiles, 0);
            } else {
                sum += horizon(out, k, y, share, d);
            }
        }
        return sum;
    }

    private float horizon(float[] out, int from, float y, float share, float[] d) {
        var sum = 0f;
        for (int q = 0; q < levels.length; q++) {
            float error = y - out[from + q];
            float slope = error > 0 ? levels[q] : levels[q] - 1;
            sum += slope * error;
            d[from + q] = -slope * share;
        }
        return sum;
    }
}
