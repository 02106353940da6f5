package dev.gatecast.backtest;

import dev.gatecast.source.History;
import dev.gatecast.source.Series;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A linear model from the last values to all horizons, in closed form: ridge regression pooled over entities, every
 * window scaled by its own mean and deviation. While an entity has shown fewer values than it needs, the last value.
 */
final class LinearModel implements Contender {
    /** More origins than this are thinned out evenly. */
    private static final int MOST_ORIGINS = 30_000;

    private static final double LEAST_DEVIATION = 1e-12;

    private final DMatrixRMaj weights; // (values + 1, horizons)
    private final double[] values; // (values)
    private final Spread spread = new Spread();

    private LinearModel(DMatrixRMaj weights) {
        this.weights = weights;
        values = new double[weights.numRows - 1];
    }

    /**
     * Fits to a history.
     *
     * @param reach how many values it looks at
     * @param horizons how many steps it forecasts
     * @return the model, or null if no series has {@code reach + horizons} steps
     */
    static @Nullable LinearModel fit(History past, Slots slots, int reach, int horizons) {
        var equations = new NormalEquations(reach, horizons);
        var possible = past.series().stream()
                .mapToLong(series -> Math.max(0, series.size() - reach - horizons + 1))
                .sum();
        var stride = (int) Math.max(1, possible / MOST_ORIGINS);
        past.series().forEach(series -> addOrigins(series, slots, stride, equations));
        return equations.isEmpty() ? null : new LinearModel(equations.solve());
    }

    private static void addOrigins(Series series, Slots slots, int stride, NormalEquations equations) {
        var window = new Window(equations.length(), false);
        var last = new double[equations.length()];
        var deviation = new Spread()
                .of(series.values(0), series.size(), LEAST_DEVIATION)
                .deviation();
        for (var i = 0; i < series.size(); i++) {
            window.put(slots.of(series.time(i), i), series.value(0, i), series.time(i));
            if (window.length() == last.length && i % stride == 0) {
                window.last(last);
                equations.add(last, deviation);
            }
        }
    }

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public int reach() {
        return values.length;
    }

    @Override
    public boolean remembers() {
        return true;
    }

    @Override
    public double forecast(Window window, long madeAt, int horizon, double[] memory) {
        return memory[horizon - 1];
    }

    @Override
    public void remember(Window window, double[] into) {
        if (window.length() < values.length) {
            Arrays.fill(into, window.get(window.newest()));
            return;
        }
        window.last(values);
        spread.of(values, values.length, LEAST_DEVIATION);
        addRow(values.length, 1, into, true);
        for (var i = 0; i < values.length; i++) {
            addRow(i, spread.scaled(values[i], NormalEquations.LARGEST_INPUT), into, false);
        }
        for (var h = 0; h < into.length; h++) {
            into[h] = spread.unscaled(into[h]);
        }
    }

    /** sum += factor * W[row]. {@code sum} (horizons) Modified. */
    private void addRow(int row, double factor, double[] sum, boolean first) {
        var at = row * weights.numCols;
        for (var h = 0; h < sum.length; h++) {
            sum[h] = (first ? 0 : sum[h]) + weights.data[at + h] * factor;
        }
    }
}
