package dev.gatecast.backtest;

import dev.gatecast.forecast.PairedTest;

/**
 * On how many entities the subject did better than another: each entity is one pair, so that no entity with large values
 * outweighs the others.
 *
 * @param other who is compared
 * @param entities whose mean absolute errors differ
 * @param better those of them on which the subject's is smaller
 * @param mean of (other - subject) / (other + subject) of the entities' mean absolute errors; above 0: the subject is
 *     better
 * @param p chance of a mean at least as far from 0 between equals, Student's t; NaN with fewer than five entities
 */
public record EntityWins(String other, int entities, int better, double mean, double p) {
    /** Not modified. */
    static EntityWins of(String other, double[] differences) {
        var test = PairedTest.ofEntities(differences);
        var better = 0;
        for (var difference : differences) {
            better += difference > 0 ? 1 : 0;
        }
        return new EntityWins(other, differences.length, better, test.mean(), test.p());
    }
}
