package dev.gatecast.backtest;

import dev.gatecast.source.History;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A linear model from the last values to all horizons, in closed form: ridge regression pooled over entities, every
 * window scaled by its own mean and deviation. While an entity has shown fewer values than it needs, the last value.
 */
final class LinearModel implements Contender {
    static final String NAME = "linear";

    /** More origins than this are thinned out evenly. */
    private static final int MOST_ORIGINS = 30_000;

    private static final double LEAST_DEVIATION = 1e-12;

    private final double[][] weights; // (values + 1, horizons)
    private final double[] values; // (values)
    private final Spread spread = new Spread();

    private LinearModel(double[][] weights) {
        this.weights = weights;
        values = new double[weights.length - 1];
    }

    /** The same for another lane. */
    LinearModel copy() {
        return new LinearModel(weights);
    }

    private static double[][] rows(DMatrixRMaj matrix) {
        var rows = new double[matrix.numRows][];
        for (var row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(matrix.data, row * matrix.numCols, (row + 1) * matrix.numCols);
        }
        return rows;
    }

    /**
     * Fits to a history.
     *
     * @param intake what of it counts
     * @param grid the steps that are forecast
     * @param reach how many values it looks at
     * @return the model, or null if no entity has as many steps as {@code reach} and the horizons together
     */
    static @Nullable LinearModel fit(History past, Intake intake, Grid grid, int reach) {
        var equations = new NormalEquations(reach, grid.horizons());
        var possible = past.series().stream()
                .mapToLong(series -> Math.max(0, series.size() - equations.length() + 1))
                .sum();
        var stride = (int) Math.max(1, possible / MOST_ORIGINS);
        past.series().forEach(series -> addOrigins(intake.of(series), grid.slots(), stride, equations));
        return equations.isEmpty() ? null : new LinearModel(rows(equations.solve()));
    }

    private static void addOrigins(Intake.Taken past, Slots slots, int stride, NormalEquations equations) {
        var window = new Window(equations.length(), 0);
        var last = new double[equations.length()];
        var deviation =
                new Spread().of(past.values(), past.steps(), LEAST_DEVIATION).deviation();
        for (var i = 0; i < past.steps(); i++) {
            window.put(slots.of(past.times()[i], i), past.values()[i], past.times()[i]);
            if (window.length() == last.length && i % stride == 0) {
                window.last(last);
                equations.add(last, deviation);
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int reach() {
        return values.length;
    }

    @Override
    public boolean atOnce() {
        return true;
    }

    @Override
    public void forecast(Window window, double[] memory, double[] into) {
        if (window.length() < values.length) {
            Arrays.fill(into, window.get(window.newest()));
            return;
        }
        window.last(values);
        spread.of(values, values.length, LEAST_DEVIATION);
        System.arraycopy(weights[values.length], 0, into, 0, into.length);
        spread.scale(values, NormalEquations.LARGEST_INPUT);
        var i = 0;
        for (; i + 3 < values.length; i += 4) {
            addRows(weights, i, values, into);
        }
        for (; i < values.length; i++) {
            addRow(weights[i], values[i], into);
        }
        for (var h = 0; h < into.length; h++) {
            into[h] = spread.unscaled(into[h]);
        }
    }

    /** Four rows from one on, each by its factor: one pass over the sum. {@code sum} (horizons) Modified. */
    private static void addRows(double[][] rows, int from, double[] factors, double[] sum) {
        var a = rows[from];
        var b = rows[from + 1];
        var c = rows[from + 2];
        var d = rows[from + 3];
        var x = factors[from];
        var y = factors[from + 1];
        var z = factors[from + 2];
        var w = factors[from + 3];
        for (var h = 0; h < sum.length; h++) {
            sum[h] += a[h] * x + b[h] * y + c[h] * z + d[h] * w;
        }
    }

    /** sum += factor * row. {@code sum} (horizons) Modified. */
    private static void addRow(double[] row, double factor, double[] sum) {
        for (var h = 0; h < sum.length; h++) {
            sum[h] += row[h] * factor;
        }
    }
}
