package dev.gatecast.trainer;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Sums over rows of a regression, from which it is solved under any penalty: the weights {@code K} that minimise
 * {@code sum w² |y - x K|² + penalty |K - prior|²}.
 */
final class Ridge {
    /** Of the mean of the diagonal of the moments, as all penalties. */
    static final double LEAST_PENALTY = 1e-4;

    private final Prepared data;
    private final double[][] moments; // X'W²X, upper triangle, (profile + 1, profile + 1)
    private final double[][] sides; // X'W²Y, (profile + 1, horizons)

    Ridge(Prepared data) {
        this.data = data;
        int n = data.seen() + 1;
        moments = new double[n][n];
        sides = new double[n][data.horizons()];
    }

    void add(LinearRow row) {
        row.addTo(moments, sides);
    }

    /** Adds the sums of other rows. {@code other} Not modified. */
    void add(Ridge other) {
        for (int i = 0; i < moments.length; i++) {
            for (int j = i; j < moments.length; j++) {
                moments[i][j] += other.moments[i][j];
            }
            for (int h = 0; h < sides[i].length; h++) {
                sides[i][h] += other.sides[i][h];
            }
        }
    }

    /** Under one penalty and one prior. */
    LinearStart solved(double penalty, LinearPrior prior) {
        return under(penalty).towards(prior);
    }

    /** Under one penalty, for several priors. */
    Penalised under(double penalty) {
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
            a.add(i, i, penalty * diagonal);
        }
        var solver = LinearSolverFactory_DDRM.symmPosDef(n);
        if (!solver.setA(a)) {
            throw new UnusableHistory("the linear start cannot be solved: the recent values are all the same");
        }
        return new Penalised(solver, penalty, penalty * diagonal);
    }

    /** The equations under one penalty. */
    final class Penalised {
        private final LinearSolverDense<DMatrixRMaj> solver;
        private final double relative;
        private final double penalty;

        private Penalised(LinearSolverDense<DMatrixRMaj> solver, double relative, double penalty) {
            this.solver = solver;
            this.relative = relative;
            this.penalty = penalty;
        }

        /** What penalises the distance from a prior. */
        LinearStart towards(LinearPrior prior) {
            var right = new DMatrixRMaj(sides);
            for (int h = 0; h < data.horizons(); h++) {
                var weights = prior.weights(h, data);
                for (int i = 0; i < weights.length; i++) {
                    right.add(i, h, penalty * weights[i]);
                }
            }
            var solution = new DMatrixRMaj(right.numRows, right.numCols);
            solver.solve(right, solution);
            return of(solution, relative, prior);
        }
    }

    private static LinearStart of(DMatrixRMaj solution, double penalty, LinearPrior prior) {
        int profile = solution.numRows - 1;
        var weights = new float[solution.numCols][profile];
        var bias = new float[solution.numCols];
        for (int h = 0; h < bias.length; h++) {
            for (int i = 0; i < profile; i++) {
                weights[h][i] = (float) solution.get(i, h);
            }
            bias[h] = (float) solution.get(profile, h);
        }
        return new LinearStart(weights, bias, penalty, prior);
    }
}
