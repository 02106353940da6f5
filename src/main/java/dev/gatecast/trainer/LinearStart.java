package dev.gatecast.trainer;

import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Encoder;
import dev.gatecast.trainer.Prepared.Entity;
import java.util.ArrayList;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * The linear model from recent values to all horizons that training starts from: ridge regression in closed form, pooled
 * over all entities.
 *
 * @param weights (horizons, profile)
 * @param bias (horizons)
 */
@SuppressWarnings("ArrayRecordComponent")
record LinearStart(float[][] weights, float[] bias) {
    private static final double PENALTY = 1e-4;
    private static final float TARGET_LIMIT = 10f;
    private static final int MOST_ORIGINS = 60_000;
    private static final int MOST_RESIDUALS = 4_000;

    /**
     * Minimises over the origins {@code sum w² |y - [p, 1] K|² + penalty |K|²}, p the scaled recent values, y the scaled
     * targets, guesses among them where values are missing, w what a forecast counts in the loss, the penalty 10⁻⁴ of the mean of the diagonal of the moments.
     *
     * @param data its fitted rows are read; every origin counts, up to {@value #MOST_ORIGINS} of them
     */
    static LinearStart fit(Prepared data) {
        long origins = data.fitted().stream().mapToLong(data::fitOrigins).sum();
        int stride = (int) ((origins + MOST_ORIGINS - 1) / MOST_ORIGINS);
        int n = data.seen() + 1;
        var moments = new double[n][n]; // X'W²X, upper triangle
        var sides = new double[n][data.horizons()]; // X'W²Y
        var design = new Design(data);
        for (var entity : data.fitted()) {
            for (int end = entity.firstEnd(data.profile()); end <= entity.lastFitEnd(data.horizons()); end += stride) {
                design.read(entity, end);
                design.addTo(moments, sides);
            }
        }
        return of(solve(moments, sides), data.horizons());
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
        var design = new Design(data);
        for (var entity : data.fitted()) {
            for (int end = entity.firstEnd(data.profile()); end <= entity.lastFitEnd(data.horizons()); end += stride) {
                design.read(entity, end);
                misses.add(design.missed(this));
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

    /** One row of the regression. */
    private static final class Design {
        private final Prepared data;
        private final Encoded encoded;
        private final double[] x; // (profile + 1)
        private final double[] y; // (horizons)
        private final boolean[] guessed; // (horizons)
        private double weight; // w²

        Design(Prepared data) {
            this.data = data;
            encoded = new Encoded(data.spec());
            x = new double[data.seen() + 1];
            y = new double[data.horizons()];
            guessed = new boolean[data.horizons()];
        }

        void read(Entity entity, int end) {
            var encoder = data.encoder();
            encoder.encodeAt(entity.columns(), end, end, entity.past().times()[end - 1], encoded);
            encoder.profileAt(entity.columns(), end, end, encoded);
            for (int i = 0; i < x.length - 1; i++) {
                x[i] = encoded.profile()[i];
            }
            x[x.length - 1] = 1;
            for (int h = 0; h < y.length; h++) {
                float scaled = Encoder.scaled(entity.u()[end + h], encoded);
                y[h] = Math.max(-TARGET_LIMIT, Math.min(TARGET_LIMIT, scaled));
                guessed[h] = entity.past().guessed(end + h);
            }
            double w = data.weight(entity, encoded.spread());
            weight = w * w;
        }

        double[] missed(LinearStart model) {
            var missed = new double[y.length];
            for (int h = 0; h < y.length; h++) {
                missed[h] = guessed[h] ? Double.NaN : y[h] - model.forecast(encoded.profile(), h);
            }
            return missed;
        }

        void addTo(double[][] moments, double[][] sides) {
            for (int i = 0; i < x.length; i++) {
                double factor = weight * x[i];
                add(moments[i], x, factor, i);
                add(sides[i], y, factor, 0);
            }
        }

        private static void add(double[] to, double[] values, double factor, int from) {
            for (int j = from; j < values.length; j++) {
                to[j] += factor * values[j];
            }
        }
    }

    private static DMatrixRMaj solve(double[][] moments, double[][] sides) {
        int n = moments.length;
        double diagonal = 0;
        for (int i = 0; i < n; i++) {
            diagonal += moments[i][i] / n;
        }
        var a = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                a.set(i, j, moments[i][j]);
                a.set(j, i, moments[i][j]);
            }
            a.add(i, i, PENALTY * diagonal);
        }
        var solution = new DMatrixRMaj(n, sides[0].length);
        var solver = LinearSolverFactory_DDRM.symmPosDef(n);
        if (!solver.setA(a)) {
            throw new UnusableHistory("the linear start cannot be solved: the recent values are all the same");
        }
        solver.solve(new DMatrixRMaj(sides), solution);
        return solution;
    }

    private static LinearStart of(DMatrixRMaj solution, int horizons) {
        int profile = solution.numRows - 1;
        var weights = new float[horizons][profile];
        var bias = new float[horizons];
        for (int h = 0; h < horizons; h++) {
            for (int i = 0; i < profile; i++) {
                weights[h][i] = (float) solution.get(i, h);
            }
            bias[h] = (float) solution.get(profile, h);
        }
        return new LinearStart(weights, bias);
    }
}
