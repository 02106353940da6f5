package dev.gatecast.backtest;

import dev.gatecast.source.History;
import dev.gatecast.source.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The simple contenders of a backtest. What is fitted is fitted once, to the past alone, and shared by all lanes. */
final class Contenders {
    private static final int LONGEST_REACH = 336;
    private static final int LEAST_REACH = 24;
    private static final int SHORTEST_REACH = 3;

    private final GridSeasons seasons;
    private final Map<String, String> leftOut = new TreeMap<>();
    private final @Nullable LinearModel linear;

    /**
     * Fits those that are fitted.
     *
     * @param past what is before the cut; null where there is none
     * @param intake what of it counts
     */
    Contenders(Grid grid, @Nullable History past, Intake intake) {
        seasons = grid.seasons();
        linear = past == null ? null : linear(past, grid, intake);
        if (past == null) {
            leaveOut("there is no cut (--train-until) before which it could be fitted");
        }
    }

    /** Looks less far back where the past is too short; null where it is too short for anything. */
    private @Nullable LinearModel linear(History past, Grid grid, Intake intake) {
        var reach = Math.min(LONGEST_REACH, Math.max(LEAST_REACH, 2 * seasons.longest()));
        var linear = LinearModel.fit(past, intake, grid, reach);
        while (linear == null && reach >= 2 * SHORTEST_REACH) {
            reach /= 2;
            linear = LinearModel.fit(past, intake, grid, reach);
        }
        if (linear == null) {
            leaveOut(String.format(
                    Locale.ROOT,
                    "no entity has %,d steps before the cut, which fitting it needs; the longest past has %,d ticks",
                    reach + grid.horizons(),
                    past.series().stream().mapToLong(Series::size).max().orElse(0)));
        }
        return linear;
    }

    private void leaveOut(String reason) {
        leftOut.put(LinearModel.NAME, reason);
    }

    /** Those of another lane. */
    List<Contender> ofLane() {
        var all = new ArrayList<Contender>();
        all.add(new LastValue());
        seasons.lengths().forEach(season -> all.add(new SeasonalNaive(season)));
        all.add(new HoltWinters(seasons.main()));
        if (linear != null) {
            all.add(linear.copy());
        }
        return all;
    }

    /** Why some do not take part, by their names. */
    Map<String, String> leftOut() {
        return leftOut;
    }
}
