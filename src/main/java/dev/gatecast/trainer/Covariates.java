package dev.gatecast.trainer;

import dev.gatecast.feature.Context;
import dev.gatecast.feature.Covariate;
import dev.gatecast.feature.Days;
import dev.gatecast.feature.FeatureSpec.Spread;
import dev.gatecast.feature.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the other fields of a history: which a model is to see, and how far their values spread. */
final class Covariates {
    private static final Logger LOG = LoggerFactory.getLogger(Covariates.class);
    private static final double FLOOR_OF_SPREAD = 0.05;

    private Covariates() {}

    /** The days, the categories, what is known ahead, and all fields whose values vary among the fitted rows of some entity. */
    static Context context(TrainingData data, Days days, int horizons) {
        var past = new ArrayList<Covariate>();
        for (int field = 0; field < data.fields().size(); field++) {
            var deviations = deviations(data.pasts(), field);
            var name = data.fields().get(field);
            if (deviations.length == 0) {
                LOG.info("the field {} never varies: the model does not see it", name);
            } else {
                double middle = deviations[deviations.length / 2];
                past.add(new Covariate(name, new Spread(middle, FLOOR_OF_SPREAD * middle)));
            }
        }
        return new Context(days, past, CommonCategories.of(data), future(data, past, horizons));
    }

    /** Those of them whose values to come some fitted row knows, as far as forecasts reach. */
    private static Future future(TrainingData data, List<Covariate> past, int horizons) {
        var ahead = data.ahead();
        var fields = past.stream()
                .filter(covariate -> known(data, ahead.fields().indexOf(covariate.name())))
                .toList();
        int steps = Math.min(horizons, ahead.steps());
        if (!Future.fits(fields.size(), steps)) {
            throw new UnusableHistory("values to come of " + fields.size() + " fields for " + steps
                    + " steps are more than "
                    + Future.MOST + " inputs (2 a step and 1 of each field): a lower horizon or fewer fields were"
                    + " expected");
        }
        return fields.isEmpty() ? Future.NONE : new Future(fields, steps);
    }

    private static boolean known(TrainingData data, int field) {
        int steps = data.ahead().steps();
        return field >= 0
                && data.pasts().stream().anyMatch(past -> IntStream.range(field * steps, (field + 1) * steps)
                        .anyMatch(value -> IntStream.range(0, past.fitEnd())
                                .anyMatch(row -> !Float.isNaN(past.ahead()[value][row]))));
    }

    /** Those of the entities that are above 0, ascending. */
    private static double[] deviations(List<Past> pasts, int field) {
        return pasts.stream()
                .mapToDouble(past -> deviation(past.fields()[field], past.fitEnd()))
                .filter(deviation -> deviation > 0)
                .sorted()
                .toArray();
    }

    private static double deviation(float[] values, int rows) {
        var present = IntStream.range(0, rows)
                .mapToDouble(row -> values[row])
                .filter(value -> !Double.isNaN(value))
                .toArray();
        if (Arrays.stream(present).distinct().limit(2).count() < 2) {
            return 0;
        }
        double mean = 0;
        for (double value : present) {
            mean += value;
        }
        mean /= present.length;
        double squares = 0;
        for (double value : present) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / present.length);
    }
}
