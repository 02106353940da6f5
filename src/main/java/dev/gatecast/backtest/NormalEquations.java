package dev.gatecast.backtest;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/** X'X and X'Y of a ridge regression from scaled windows to scaled targets, gathered in blocks. */
final class NormalEquations {
    static final double LARGEST_INPUT = 20;

    private static final int BLOCK = 512;
    private static final double PENALTY = 1e-4;
    private static final double LARGEST_TARGET = 10;
    private static final double LEAST_DEVIATION = 0.05;
    private static final double TINY = 1e-12;

    private final int reach;
    private final int horizons;
    private final DMatrixRMaj inputs; // (block, reach + 1)
    private final DMatrixRMaj targets; // (block, horizons)
    private final DMatrixRMaj xx; // (reach + 1, reach + 1)
    private final DMatrixRMaj xy; // (reach + 1, horizons)
    private final Spread spread = new Spread();
    private int filled;
    private long origins;

    NormalEquations(int reach, int horizons) {
        this.reach = reach;
        this.horizons = horizons;
        inputs = new DMatrixRMaj(BLOCK, reach + 1);
        targets = new DMatrixRMaj(BLOCK, horizons);
        xx = new DMatrixRMaj(reach + 1, reach + 1);
        xy = new DMatrixRMaj(reach + 1, horizons);
    }

    int length() {
        return reach + horizons;
    }

    boolean isEmpty() {
        return origins == 0;
    }

    /**
     * Adds one origin, weighted by how much its window moves among the entity's.
     *
     * @param values the window and what followed, (reach + horizons). Not modified
     * @param deviation of all the entity's values
     */
    void add(double[] values, double deviation) {
        spread.of(values, reach, Math.max(LEAST_DEVIATION * deviation, TINY));
        var weight = spread.deviation() / Math.max(deviation, TINY);
        for (var i = 0; i < reach; i++) {
            inputs.set(filled, i, weight * spread.scaled(values[i], LARGEST_INPUT));
        }
        inputs.set(filled, reach, weight);
        for (var h = 0; h < horizons; h++) {
            targets.set(filled, h, weight * spread.scaled(values[reach + h], LARGEST_TARGET));
        }
        filled++;
        origins++;
        if (filled == BLOCK) {
            takeIn();
        }
    }

    private void takeIn() {
        inputs.reshape(filled, reach + 1, true);
        targets.reshape(filled, horizons, true);
        CommonOps_DDRM.multAddTransA(inputs, inputs, xx);
        CommonOps_DDRM.multAddTransA(inputs, targets, xy);
        inputs.reshape(BLOCK, reach + 1, true);
        targets.reshape(BLOCK, horizons, true);
        filled = 0;
    }

    /** W with (X'X + penalty I) W = X'Y, (reach + 1, horizons); the last row is the constant. */
    DMatrixRMaj solve() {
        takeIn();
        var penalty = Math.max(PENALTY * CommonOps_DDRM.trace(xx) / xx.numRows, TINY);
        for (var i = 0; i < xx.numRows; i++) {
            xx.add(i, i, penalty);
        }
        var solver = LinearSolverFactory_DDRM.symmPosDef(xx.numRows);
        var weights = new DMatrixRMaj(xy.numRows, xy.numCols);
        if (!solver.setA(xx)) {
            throw new IllegalStateException("the normal equations of the linear model are not positive definite");
        }
        solver.solve(xy, weights);
        return weights;
    }
}
