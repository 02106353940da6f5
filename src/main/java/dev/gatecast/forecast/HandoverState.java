package dev.gatecast.forecast;

import dev.gatecast.event.FieldVisitor;

/**
 * How far one entity's forecasts have gone over to the model, and what both sides said of its next value. Of use from the
 * warm-up until the {@link Handover} is over, and not kept after it. Not safe for two threads at once.
 */
final class HandoverState {
    /** Whether the entity is new to the model, and not handed over yet. */
    boolean begun;

    /** How much likelier the model has made the values so far than the warm-up's forecast. */
    float odds = 1;

    float median = Float.NaN; // the model's, one step ahead; NaN: nothing waits
    float deviation = Float.NaN;
    float youngMedian = Float.NaN; // the warm-up's
    float youngDeviation = Float.NaN;

    /** Whether the entity is new to the model, and not handed over yet; nothing waits. */
    void begin(boolean begins) {
        begun = begins;
        drop();
        if (!begins) {
            odds = 1;
        }
    }

    /** Forgets what was learned of a model. */
    void restart() {
        odds = 1;
        drop();
    }

    /** Nothing waits for the next value. */
    void drop() {
        median = Float.NaN;
        deviation = Float.NaN;
        youngMedian = Float.NaN;
        youngDeviation = Float.NaN;
    }

    /** Describes the layout: whether it has begun, odds, what waits. */
    void visit(FieldVisitor visitor) {
        begun = visitor.flag(begun);
        odds = visitor.single(odds);
        median = visitor.single(median);
        deviation = visitor.single(deviation);
        youngMedian = visitor.single(youngMedian);
        youngDeviation = visitor.single(youngDeviation);
        if (!(odds > 0) || odds == Float.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("handover: odds above 0 expected, not " + odds);
        }
    }
}
