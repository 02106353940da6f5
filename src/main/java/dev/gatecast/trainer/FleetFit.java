package dev.gatecast.trainer;

import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Transform;
import dev.gatecast.forecast.Fleet;
import dev.gatecast.forecast.Fleet.Moments;
import dev.gatecast.forecast.Fleet.Rest;
import dev.gatecast.trainer.Prepared.Entity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What is known of new entities from the fitted rows of those there are: the course that they share best, by power iteration
 * from their mean, each entity's level and spread by least squares, and how long the rest stays.
 */
final class FleetFit {
    private static final double ROUNDED = 1e-12; // of a product of square roots
    private static final int PASSES = 3;
    private static final int SEASONS = 2; // that an entity needs to tell of its course
    private static final int LEAST_ROWS = 16;
    private static final double MOST_SHARE = 0.999;
    private static final double LEAST_VARIANCE = 1e-12;

    private final FeatureSpec spec;
    private final Transform transform;
    private final List<Entity> entities;
    private final float[] course;
    private final List<One> ones;
    private final Rest rest;
    private final double deviation;

    /**
     * One entity under the course.
     *
     * @param rest what the course leaves of its values, (fitted rows)
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record One(double level, double spread, double[] rest) {
        private double variance() {
            return sum(0) / rest.length;
        }

        /** Share of the rest that is left after some steps. */
        private double share(int lag) {
            return sum(lag) / Math.max(sum(0), LEAST_VARIANCE);
        }

        private double sum(int lag) {
            double sum = 0;
            for (int i = lag; i < rest.length; i++) {
                sum += rest[i] * rest[i - lag];
            }
            return sum;
        }

        /** What a share of the step some steps before leaves of each. */
        private One left(int lag, double share) {
            var left = new double[rest.length - lag];
            for (int i = 0; i < left.length; i++) {
                left[i] = rest[i + lag] - share * rest[i];
            }
            return new One(level, spread, left);
        }
    }

    private FleetFit(FeatureSpec spec, Transform transform, List<Entity> entities, int season) {
        this.spec = spec;
        this.transform = transform;
        this.entities = entities;
        course = course(season);
        ones = entities.stream().map(this::under).toList();
        deviation = median(entities.stream().mapToDouble(Entity::deviation).toArray());
        rest = rest();
    }

    /** Fits under a transform, where at least two entities and half of them have enough rows. */
    static Optional<FleetFit> of(TrainingData data, FeatureSpec spec, Transform transform) {
        var all = data.pasts().stream().map(past -> Entity.of(past, transform)).toList();
        var seasons = spec.seasons();
        var lengths = spec.cadence() == 0 ? List.of(0) : List.of(seasons.longer(), seasons.shorter(), 0);
        for (int season : lengths) {
            int rows = Math.max(
                    LEAST_ROWS, SEASONS * Math.max(season, spec.seasons().shorter()));
            var enough = all.stream()
                    .filter(entity -> entity.past().fitEnd() >= rows && entity.deviation() > 0)
                    .toList();
            if (enough.size() > 1 && 2 * enough.size() >= all.size()) {
                return Optional.of(new FleetFit(spec, transform, enough, season));
            }
        }
        return Optional.empty();
    }

    /** The entities that it is fitted to. */
    List<Past> pasts() {
        return entities.stream().map(Entity::past).toList();
    }

    /** What is known from all of them. */
    Fleet fleet() {
        return fleet(-1);
    }

    /** What is known from all but one: for that one, honestly. */
    Fleet without(int entity) {
        return fleet(entity);
    }

    private Fleet fleet(int without) {
        int count = ones.size() - (without < 0 ? 0 : 1);
        double level = mean(without, count, One::level);
        double spread = mean(without, count, One::spread);
        double apart = Math.max(1, count - 1);
        double stranger = deviation * deviation / count; // few entities tell little of how far another may lie
        var levels = new Moments(level, mean(without, apart, one -> square(one.level - level)) + stranger);
        var spreads = new Moments(spread, mean(without, apart, one -> square(one.spread - spread)) + stranger);
        double covariance = mean(without, apart, one -> (one.level - level) * (one.spread - spread));
        return new Fleet(transform, course, levels, spreads, possible(covariance, levels, spreads), rest);
    }

    /** Where one entity is larger than all others by far, what is rounded may make it larger than it can be. */
    private static double possible(double covariance, Moments levels, Moments spreads) {
        double most = (1 - ROUNDED) * Math.sqrt(levels.variance()) * Math.sqrt(spreads.variance());
        return Math.max(-most, Math.min(most, covariance));
    }

    private double mean(int without, double count, ToDoubleFunction<One> value) {
        double sum = 0;
        for (int i = 0; i < ones.size(); i++) {
            sum += i == without ? 0 : value.applyAsDouble(ones.get(i));
        }
        return sum / count;
    }

    private Rest rest() {
        int season = spec.seasons().shorter();
        double variance = median(ones.stream().mapToDouble(One::variance).toArray());
        double step = share(ones, 1);
        if (season < 2) {
            return new Rest(Math.max(variance, LEAST_VARIANCE), step, 0, 0, Math.max(variance, LEAST_VARIANCE), 0);
        }
        double ofSeason = share(ones, season);
        var left = ones.stream().map(one -> one.left(season, ofSeason)).toList();
        double ofLeft = median(left.stream().mapToDouble(One::variance).toArray());
        return new Rest(
                Math.max(variance, LEAST_VARIANCE),
                step,
                season,
                ofSeason,
                Math.max(ofLeft, LEAST_VARIANCE),
                share(left, 1));
    }

    private static double share(List<One> ones, int lag) {
        double mean = ones.stream().mapToDouble(one -> one.share(lag)).average().orElse(0);
        return Math.max(0, Math.min(MOST_SHARE, mean));
    }

    /** Mean 0 and mean square 1, or none. */
    private float[] course(int season) {
        if (season < 2) {
            return new float[0];
        }
        var shared = new double[season];
        for (var entity : entities) {
            add(1, profile(entity, season), shared);
        }
        boolean varies = normalise(shared);
        for (int pass = 0; varies && pass < PASSES; pass++) {
            var next = new double[season];
            for (var entity : entities) {
                var own = profile(entity, season);
                double spread = 0;
                for (int i = 0; i < season; i++) {
                    spread += own[i] * shared[i] / season;
                }
                add(spread, own, next);
            }
            varies = normalise(next);
            shared = next;
        }
        var result = new float[varies ? season : 0];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) shared[i];
        }
        return result;
    }

    /** An entity's mean at each step of the season, less the mean of those; 0 where it has no value. */
    private double[] profile(Entity entity, int season) {
        var sums = new double[season];
        var counts = new int[season];
        for (int row = 0; row < entity.past().fitEnd(); row++) {
            int at = phase(entity, row, season);
            sums[at] += entity.u()[row];
            counts[at]++;
        }
        double mean = 0;
        int filled = 0;
        for (int i = 0; i < season; i++) {
            sums[i] /= Math.max(1, counts[i]);
            mean += sums[i];
            filled += Math.min(1, counts[i]);
        }
        mean /= filled;
        for (int i = 0; i < season; i++) {
            sums[i] = counts[i] == 0 ? 0 : sums[i] - mean;
        }
        return sums;
    }

    private int phase(Entity entity, int row, int season) {
        return (int) Math.floorMod(Math.floorDiv(entity.past().times()[row], spec.cadence()), (long) season);
    }

    private One under(Entity entity) {
        int rows = entity.past().fitEnd();
        double c = 0;
        double cc = 0;
        double u = 0;
        double cu = 0;
        for (int row = 0; row < rows; row++) {
            double step = step(entity, row);
            c += step;
            cc += step * step;
            u += entity.u()[row];
            cu += step * entity.u()[row];
        }
        double spread = course.length == 0 ? 0 : (cu - c * u / rows) / Math.max(cc - c * c / rows, LEAST_VARIANCE);
        double level = (u - spread * c) / rows;
        var left = new double[rows];
        for (int row = 0; row < rows; row++) {
            left[row] = entity.u()[row] - level - spread * step(entity, row);
        }
        return new One(level, spread, left);
    }

    private double step(Entity entity, int row) {
        return course.length == 0 ? 0 : course[phase(entity, row, course.length)];
    }

    /** {@code to} Modified. */
    private static void add(double share, double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += share * from[i];
        }
    }

    /** To mean square 1; false where all is 0. {@code values} Modified. */
    private static boolean normalise(double[] values) {
        double root =
                Math.sqrt(Arrays.stream(values).map(value -> value * value).sum() / values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] /= Math.max(root, LEAST_VARIANCE);
        }
        return root > LEAST_VARIANCE;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static double square(double value) {
        return value * value;
    }
}
