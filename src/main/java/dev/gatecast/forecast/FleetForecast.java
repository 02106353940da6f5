package dev.gatecast.forecast;

import dev.gatecast.feature.FeatureSpec;
import dev.gatecast.feature.Ring;
import dev.gatecast.feature.Tangent;
import dev.gatecast.model.StudentOutput;
import org.jspecify.annotations.Nullable;

/**
 * The forecast of an entity with few values from what is known of its fleet: level and spread by Bayes' rule from all its
 * values, the rest from the newest ones. Its quantiles are those of Student's t distribution, as wide as the entity's own
 * values have surprised, the fleet's expectation counting as {@value #PRIOR} values more.
 *
 * <p>An entity that its own last value has told twice as near, step by step of late, is taken for a stranger to the fleet, a
 * walk: its last value, and as wide as its steps let expect.
 *
 * <p>Every sum is {@code known - ones * level - courses * spread}, so that what is not known of the entity widens the
 * forecast by as much as the forecast depends on it.
 */
final class FleetForecast {
    private static final int PRIOR = 4;
    private static final int MOST_DEGREES = 64;
    private static final int LEAST_KNOWN = 12; // values before which nobody is a stranger
    private static final double KEPT = 0.9; // of an error's weight from step to step
    private static final double FAR = 4; // in squares

    private final Fleet fleet;
    private final FeatureSpec spec;
    private final float[] levels;
    private final float[][] tails = new float[MOST_DEGREES + 1][]; // by degrees of freedom, made when first needed
    private final double[] u; // transformed values, oldest first
    private final Sum[] ahead; // the rest's forecast, (horizons)
    private final Sum scratch = new Sum();
    private long first; // the step of the oldest value, since the epoch
    private int size;
    private @Nullable Tangent tangent; // null where the transform does without

    // what is known of the entity so far
    private double level;
    private double spread;
    private double levelVariance;
    private double covariance;
    private double spreadVariance;
    private double surprise;
    private int seen;
    private double missed; // squared, of late, step by step
    private double lastMissed; // the same of the last value
    private double steps; // squared, all

    /** A linear sum of values, of which level and spread are not known, and the variance of its error beside that. */
    private static final class Sum {
        private double known;
        private double ones;
        private double courses;
        private double variance;

        private Sum clear() {
            known = 0;
            ones = 0;
            courses = 0;
            variance = 0;
            return this;
        }

        private void add(double share, Sum other) {
            known += share * other.known;
            ones += share * other.ones;
            courses += share * other.courses;
        }
    }

    FleetForecast(Fleet fleet, FeatureSpec spec, int horizons, float[] levels) {
        this.fleet = fleet;
        this.spec = spec;
        this.levels = levels;
        u = new double[spec.windows().ring()];
        ahead = new Sum[horizons];
        for (int h = 0; h < horizons; h++) {
            ahead[h] = new Sum();
        }
    }

    /**
     * Writes the quantiles in the entity's units.
     *
     * @param ring at least one value. Not modified.
     * @param time of the newest value
     * @param out (horizons * levels). Modified.
     */
    void write(Ring ring, long time, float[] out) {
        size = Math.min(ring.size(), u.length);
        tangent = Tangent.of(ring, size, fleet.transform(), tangent);
        for (int i = 0; i < size; i++) {
            double value = ring.raw(size - 1 - i);
            u[i] = tangent == null ? fleet.transform().forward(value) : tangent.forward(value);
        }
        first = (spec.cadence() == 0 ? 0 : Math.floorDiv(time, spec.cadence())) - (size - 1);
        learn();
        if (size >= LEAST_KNOWN && missed > FAR * lastMissed) {
            walk(out);
            return;
        }
        follow();
        double scale = surprise / seen;
        var tail = tail();
        for (int h = 0; h < ahead.length; h++) {
            double one = 1 - ahead[h].ones;
            double course = course(size + h) - ahead[h].courses;
            double centre = ahead[h].known + one * level + course * spread;
            double deviation = Math.sqrt(scale * (ofEntity(one, course) + ahead[h].variance));
            for (int q = 0; q < levels.length; q++) {
                out[h * levels.length + q] = inverse(centre + deviation * tail[q]);
            }
        }
    }

    private float inverse(double transformed) {
        return tangent == null ? fleet.transform().inverse(transformed) : tangent.inverse(transformed);
    }

    /** The last value, wider by as much as a step varies with each; the fleet's steps count as {@value #PRIOR}. */
    private void walk(float[] out) {
        var rest = fleet.rest();
        double ofFleet = rest.variance() * (1 - rest.step() * rest.step());
        double step = (steps + PRIOR * Math.min(ofFleet, missed)) / (size - 1 + PRIOR);
        var tail = tail();
        for (int h = 0; h < ahead.length; h++) {
            double deviation = Math.sqrt((h + 1) * step);
            for (int q = 0; q < levels.length; q++) {
                out[h * levels.length + q] = inverse(u[size - 1] + deviation * tail[q]);
            }
        }
    }

    /** Level and spread, and how surprising the values were. */
    private void learn() {
        level = fleet.level().mean();
        spread = fleet.spread().mean();
        levelVariance = fleet.level().variance();
        covariance = fleet.covariance();
        spreadVariance = fleet.spread().variance();
        surprise = PRIOR;
        seen = PRIOR;
        missed = 0;
        lastMissed = 0;
        steps = 0;
        for (int i = 0; i < size; i++) {
            step(i, scratch.clear());
            observe(u[i] - scratch.known, 1 - scratch.ones, course(i) - scratch.courses, scratch.variance);
            double change = i == 0 ? 0 : u[i] - u[i - 1];
            steps += change * change;
            lastMissed = KEPT * lastMissed + (1 - KEPT) * change * change;
        }
    }

    /** What the values before say of the rest at {@code i}. {@code sum} Modified. */
    private void step(int i, Sum sum) {
        var rest = fleet.rest();
        int season = rest.season();
        if (season == 0 || i < season) {
            sum.variance = rest.variance();
            if (i > 0) {
                rest(i - 1, rest.step(), sum);
                sum.variance *= 1 - rest.step() * rest.step();
            }
            return;
        }
        sum.variance = rest.left();
        rest(i - season, rest.ofSeason(), sum);
        if (i > season) {
            left(i - 1, rest.leftStep(), sum);
            sum.variance *= 1 - rest.leftStep() * rest.leftStep();
        }
    }

    /** Adds a share of the rest of a value. {@code sum} Modified. */
    private void rest(int i, double share, Sum sum) {
        sum.known += share * u[i];
        sum.ones += share;
        sum.courses += share * course(i);
    }

    /** Adds a share of what the season leaves of the rest of a value. {@code sum} Modified. */
    private void left(int i, double share, Sum sum) {
        rest(i, share, sum);
        rest(i - fleet.rest().season(), -share * fleet.rest().ofSeason(), sum);
    }

    private void observe(double value, double one, double course, double variance) {
        double toLevel = levelVariance * one + covariance * course;
        double toSpread = covariance * one + spreadVariance * course;
        double expected = ofEntity(one, course) + variance;
        double error = value - one * level - course * spread;
        missed = KEPT * missed + (1 - KEPT) * error * error;
        surprise += error * error / expected;
        seen++;
        level += toLevel / expected * error;
        spread += toSpread / expected * error;
        levelVariance = Math.max(0, levelVariance - toLevel * toLevel / expected);
        spreadVariance = Math.max(0, spreadVariance - toSpread * toSpread / expected);
        covariance -= toLevel * toSpread / expected;
    }

    /** Variance that level and spread bring to a sum. */
    private double ofEntity(double one, double course) {
        return Math.max(
                0, one * one * levelVariance + 2 * one * course * covariance + course * course * spreadVariance);
    }

    /** The rest's forecasts: from the newest value, or by the season where that is known and says more. */
    private void follow() {
        var rest = fleet.rest();
        int last = size - 1;
        double ofNewest = 1;
        double ofLeft = 1;
        for (int h = 0; h < ahead.length; h++) {
            ofNewest *= rest.step();
            ofLeft *= rest.leftStep();
            var newest = ahead[h].clear();
            newest.variance = rest.variance() * (1 - ofNewest * ofNewest);
            rest(last, ofNewest, newest);
            int before = size + h - rest.season();
            if (rest.season() > 0 && before >= 0) {
                bySeason(h, before, ofLeft);
            }
        }
    }

    private void bySeason(int h, int before, double ofLeft) {
        var rest = fleet.rest();
        var sum = scratch.clear();
        if (before < size) {
            rest(before, rest.ofSeason(), sum);
        } else {
            sum.add(rest.ofSeason(), ahead[before - size]);
            sum.variance = rest.ofSeason() * rest.ofSeason() * ahead[before - size].variance;
        }
        boolean whole = size > rest.season();
        if (whole) {
            left(size - 1, ofLeft, sum);
        }
        sum.variance += rest.left() * (whole ? 1 - ofLeft * ofLeft : 1);
        if (whole || sum.variance < ahead[h].variance) {
            var kept = ahead[h].clear();
            kept.add(1, sum);
            kept.variance = sum.variance;
        }
    }

    private double course(int i) {
        var course = fleet.course();
        return course.length == 0 ? 0 : course[(int) Math.floorMod(first + i, (long) course.length)];
    }

    private float[] tail() {
        int degrees = Math.min(seen, MOST_DEGREES);
        if (tails[degrees] == null) {
            tails[degrees] = new StudentOutput(degrees).standard(levels);
        }
        return tails[degrees];
    }
}
