package dev.gatecast.backtest;

import dev.gatecast.forecast.ForecasterSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who takes part in a backtest. Shared by all lanes.
 *
 * @param grid the steps
 * @param forecaster settings of the forecaster
 * @param model whether there is a model, or will be one
 * @param rivals other models
 * @param contenders the simple ones, anew for each lane
 * @param keepsAll whether forecasts that do not count are wanted too, for a file
 */
record Lineup(
        Grid grid,
        ForecasterSettings forecaster,
        boolean model,
        List<Rival> rivals,
        Supplier<List<Contender>> contenders,
        boolean keepsAll) {

    /** Models that take part; they come first among the contenders. */
    int models() {
        return rivals.size() + (model ? 1 : 0);
    }

    /** All names: the model, its rivals, the simple contenders. */
    List<String> names() {
        var names = new ArrayList<String>();
        if (model) {
            names.add(Judgement.MODEL);
        }
        rivals.forEach(rival -> names.add(rival.name()));
        contenders.get().forEach(contender -> names.add(contender.name()));
        return names;
    }

    /** Empty sums for all of them. */
    Tally tally() {
        return new Tally(names().size(), models(), grid);
    }
}
