package dev.gatecast.backtest;

import java.util.List;

/**
 * Errors of one entity over all horizons.
 *
 * @param entity the entity's name
 * @param count values that were forecast
 * @param mase the subject's mean scaled error; NaN where the entity has no seasonal differences
 * @param mae mean absolute error of each contender, in the order of {@link Judgement#names()}
 */
public record EntityErrors(String entity, long count, double mase, List<Double> mae) {
    /** By which the worst are found; entities without a scaled error come last. */
    double badness() {
        return Double.isNaN(mase) ? -1 : mase;
    }
}
