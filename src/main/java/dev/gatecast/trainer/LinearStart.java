package dev.gatecast.trainer;

import java.util.ArrayList;

/**
 * The linear model from recent values to all horizons that training starts from: ridge regression in closed form, pooled
 * over all entities.
 *
 * @param weights (horizons, profile)
 * @param bias (horizons)
 * @param penalty that it was solved under, of the mean of the diagonal of the moments
 * @param prior that it was held to
 */
@SuppressWarnings("ArrayRecordComponent")
record LinearStart(float[][] weights, float[] bias, double penalty, LinearPrior prior) {
    private static final int MOST_RESIDUALS = 4_000;

    /** The ridge regression that does best on rows it was not fitted to: {@link LinearChoice}. */
    static LinearStart of(Prepared data) {
        return new LinearChoice(data, LinearChoice.parts(data)).best();
    }

    /** The same regression of other data, under the same penalty and prior. */
    LinearStart like(Prepared other) {
        return LinearChoice.parts(other).all().solved(penalty, prior);
    }

    /**
     * Minimises over the origins {@code sum w² |y - [p, 1] K|² + penalty |K|²}, p the scaled recent values, y the scaled
     * targets, guesses among them where values are missing, w what a forecast counts in the loss, the penalty 10⁻⁴ of the
     * mean of the diagonal of the moments.
     *
     * @param data its fitted rows are read
     */
    static LinearStart fit(Prepared data) {
        return LinearChoice.parts(data).all().solved(Ridge.LEAST_PENALTY, LinearPrior.NOTHING);
    }

    /**
     * What the fitted rows' targets missed the linear forecast by, as quantiles: scaled, (horizons * levels), each
     * horizon's together.
     *
     * @param data what this was fitted to
     * @param levels probabilities, ascending. Not modified.
     */
    float[] missed(Prepared data, float[] levels) {
        long origins = data.fitted().stream().mapToLong(data::fitOrigins).sum();
        int stride = (int) ((origins + MOST_RESIDUALS - 1) / MOST_RESIDUALS);
        var misses = new ArrayList<double[]>();
        var row = new LinearRow(data);
        for (var entity : data.fitted()) {
            for (int end = entity.firstEnd(data.profile()); end <= entity.lastFitEnd(data.horizons()); end += stride) {
                row.read(entity, end);
                misses.add(row.missed(this));
            }
        }
        var quantiles = new float[data.horizons() * levels.length];
        for (int h = 0; h < data.horizons(); h++) {
            int horizon = h;
            var sorted = misses.stream()
                    .mapToDouble(miss -> miss[horizon])
                    .filter(miss -> !Double.isNaN(miss))
                    .sorted()
                    .toArray();
            for (int q = 0; q < levels.length; q++) {
                quantiles[h * levels.length + q] =
                        sorted.length == 0 ? 0 : (float) sorted[(int) (levels[q] * sorted.length)];
            }
        }
        return quantiles;
    }

    /** The scaled forecast of one horizon. {@code profile} Not modified. */
    float forecast(float[] profile, int horizon) {
        float sum = bias[horizon];
        var row = weights[horizon];
        for (int i = 0; i < row.length; i++) {
            sum += row[i] * profile[i];
        }
        return sum;
    }
}
