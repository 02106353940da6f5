package dev.gatecast.score;

import dev.gatecast.event.FieldVisitor;

/** The least and the largest value seen. */
final class Range {
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    /** How far a value lies outside, in widths of the range; 0 inside and while the range has no width. */
    double novelty(double v) {
        return high > low ? Math.max(0, Math.max(v - high, low - v)) / (high - low) : 0;
    }

    /** The value moved into the range widened by the given share of its width on either side. */
    double hold(double v, double share) {
        if (!(high > low)) {
            return v;
        }
        var room = share * (high - low);
        return Math.min(Math.max(v, low - room), high + room);
    }

    void add(double v) {
        low = Math.min(low, v);
        high = Math.max(high, v);
    }

    /** Describes the layout: low, high. */
    void visit(FieldVisitor v) {
        low = v.real(low);
        high = v.real(high);
    }
}
