package dev.gatecast.backtest;

import dev.gatecast.forecast.Forecaster;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Who takes part in a backtest. Shared by all lanes.
 *
 * @param grid the steps
 * @param forecaster makes a forecaster whose forecasts' numbers lie in arrays that are given
 * @param model whether there is a model, or will be one
 * @param rivals other models
 * @param contenders the simple ones
 * @param output what is written of them
 */
record Lineup(
        Grid grid,
        Function<IntFunction<float[]>, Forecaster> forecaster,
        boolean model,
        List<Rival> rivals,
        Contenders contenders,
        BacktestSettings.Output output) {

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
        contenders.ofLane().forEach(contender -> names.add(contender.name()));
        return names;
    }

    /** Empty sums for all of them. */
    Tally tally() {
        return new Tally(names().size(), models(), grid, output.cost());
    }
}
