package dev.gatecast.trainer;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much a linear model is held to a prior, and to which, chosen by its mean squared error on rows that it was not fitted
 * to: each quarter of the fitted ones in turn, by a model of the other three, and those that select, by a model of all. A
 * history of many rows needs next to no penalty; one that is hardly longer than what the model looks at says little more
 * than a prior does.
 *
 * <p>Forecasts whose targets lie in two quarters are left out of both. Of the rows that select a target counts as soon as
 * it is told, whether or not those further ahead are: where they are as few as the horizons there is one whole forecast, but
 * each row is forecast from all those before.
 */
final class LinearChoice {
    private static final Logger LOG = LoggerFactory.getLogger(LinearChoice.class);

    private static final double[] PENALTIES = {Ridge.LEAST_PENALTY, 1e-3, 1e-2, 1e-1, 1, 100};
    private static final int QUARTERS = 4;

    /** Of longer views each solution takes seconds, and those that select decide alone. */
    private static final int MOST_SEEN = 700;

    /** Forecasts looked at in each part, about. */
    private static final int MOST_FORECASTS = 1_000;

    /** Another choice than the least penalty must beat it by so much of the error: less is luck. */
    private static final double WORTHWHILE = 0.01;

    private final Prepared data;
    private final LinearParts parts;
    private final List<LinearRow> selecting;

    /** What a choice is judged by: rows, and the equations of a model that has not seen them. */
    private record Trial(Ridge equations, List<LinearRow> rows) {}

    LinearChoice(Prepared data, LinearParts parts) {
        this.data = data;
        this.parts = parts;
        selecting = selecting(data);
    }

    private static List<LinearRow> selecting(Prepared data) {
        long count = data.entities().stream()
                .mapToLong(entity -> Math.max(0, entity.past().selectEnd() - first(entity, data)))
                .sum();
        int stride = (int) Math.max(1, count / MOST_FORECASTS);
        var rows = new ArrayList<LinearRow>();
        int at = 0;
        for (var entity : data.entities()) {
            int until = entity.past().selectEnd();
            for (int end = first(entity, data); end < until; end++) {
                if (at++ % stride == 0) {
                    rows.add(LinearRow.of(data, entity, end, until));
                }
            }
        }
        return rows;
    }

    private static int first(Prepared.Entity entity, Prepared data) {
        return Math.max(entity.past().fitEnd(), entity.firstEnd(data.profile()));
    }

    /** The best solution; that under the least penalty where no other is worth it. */
    LinearStart best() {
        var trials = trials();
        var chosen = LinearPrior.NOTHING;
        double penalty = Ridge.LEAST_PENALTY;
        double least = Double.POSITIVE_INFINITY;
        for (var tried : PENALTIES) {
            var solvers =
                    trials.stream().map(trial -> trial.equations.under(tried)).toList();
            for (var prior : LinearPrior.of(data)) {
                double error = error(trials, solvers, prior);
                if (error < least) {
                    boolean plain = tried == Ridge.LEAST_PENALTY && prior == LinearPrior.NOTHING;
                    least = plain ? (1 - WORTHWHILE) * error : error;
                    chosen = prior;
                    penalty = tried;
                }
            }
        }
        LOG.info("linear start under {}: penalty {} towards {}", data.spec().transform(), penalty, chosen);
        return parts.all().solved(penalty, chosen);
    }

    private List<Trial> trials() {
        var trials = new ArrayList<Trial>();
        trials.add(new Trial(parts.all(), selecting));
        if (data.seen() <= MOST_SEEN && parts.whole()) {
            for (int i = 0; i < parts.size(); i++) {
                trials.add(new Trial(parts.without(i), parts.rows(i, MOST_FORECASTS)));
            }
        }
        return trials;
    }

    /** Mean squared error of each horizon in what errors count, then over the horizons; 0 without any forecast. */
    private double error(List<Trial> trials, List<Ridge.Penalised> solvers, LinearPrior prior) {
        var sums = new double[data.horizons()];
        var counts = new int[data.horizons()];
        for (int i = 0; i < trials.size(); i++) {
            var model = solvers.get(i).towards(prior);
            for (var row : trials.get(i).rows) {
                var missed = row.missed(model);
                for (int h = 0; h < sums.length; h++) {
                    if (!Double.isNaN(missed[h])) {
                        sums[h] += row.weight() * row.weight() * missed[h] * missed[h];
                        counts[h]++;
                    }
                }
            }
        }
        double mean = 0;
        for (int h = 0; h < sums.length; h++) {
            mean += counts[h] == 0 ? 0 : sums[h] / counts[h] / sums.length;
        }
        return mean;
    }

    /** Parts for a choice. */
    static LinearParts parts(Prepared data) {
        return new LinearParts(data, QUARTERS);
    }
}
