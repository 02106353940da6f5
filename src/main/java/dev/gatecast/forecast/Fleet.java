package dev.gatecast.forecast;

import dev.gatecast.feature.Transform;

/**
 * What is known of an entity before it has told anything of itself, from the entities that a model was trained on. Values
 * under a transform are taken to be {@code level + spread * course[time of the season] + rest}: the course is the
 * fleet's, level and spread are the entity's and spread over the fleet like a normal distribution, and the rest follows
 * {@link Rest}. Immutable.
 *
 * @param transform map of every value; not always the model's, which makes no use of how entities differ
 * @param course mean 0 and mean square 1, one for each step of the season, which begins at the epoch; empty for none. Not
 *     modified.
 * @param level mean and variance of the entities' levels
 * @param spread mean and variance of how far the entities follow the course
 * @param covariance of level and spread
 * @param rest how the rest goes on
 */
@SuppressWarnings("ArrayRecordComponent")
public record Fleet(Transform transform, float[] course, Moments level, Moments spread, double covariance, Rest rest) {
    /** Checks that every number can be what it is; throws IllegalArgumentException with expected and actual. */
    public Fleet {
        for (float step : course) {
            check("course", step, Float.isFinite(step));
        }
        check("covariance", covariance, covariance * covariance <= level.variance * spread.variance);
    }

    /**
     * Of a normal distribution.
     *
     * @param mean finite
     * @param variance not below 0
     */
    public record Moments(double mean, double variance) {
        public Moments {
            check("mean", mean, Double.isFinite(mean));
            check("variance", variance, variance >= 0 && Double.isFinite(variance));
        }
    }

    /**
     * How what the course leaves goes on: each step keeps a share of the step before, or, where the step one season before
     * is known, a share of that and of what that left one step before.
     *
     * @param variance of the rest
     * @param step share of the step before, within [0, 1)
     * @param season steps that the shares of a season reach back; 0 for none
     * @param ofSeason share of the step one season before, within [0, 1)
     * @param left variance of what that leaves
     * @param leftStep share of that of the step before, within [0, 1)
     */
    public record Rest(double variance, double step, int season, double ofSeason, double left, double leftStep) {
        public Rest {
            check("variance of the rest", variance, variance > 0 && Double.isFinite(variance));
            check("variance of what a season leaves", left, left > 0 && Double.isFinite(left));
            check("season", season, season >= 0);
            for (double share : new double[] {step, ofSeason, leftStep}) {
                check("share", share, share >= 0 && share < 1);
            }
        }
    }

    private static void check(String what, double actual, boolean good) {
        if (!good) {
            throw new IllegalArgumentException("fleet: " + what + ": got " + actual + ", which it cannot be");
        }
    }
}
