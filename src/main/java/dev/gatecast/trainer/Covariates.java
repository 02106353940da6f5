package dev.gatecast.trainer;

import dev.gatecast.feature.Context;
import dev.gatecast.feature.Covariate;
import dev.gatecast.feature.Days;
import dev.gatecast.feature.FeatureSpec.Spread;
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

    /** The days, the categories, and all fields whose values vary among the fitted rows of some entity. */
    static Context context(TrainingData data, Days days) {
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
        return new Context(days, past, CommonCategories.of(data));
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
