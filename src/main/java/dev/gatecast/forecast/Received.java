package dev.gatecast.forecast;

import dev.gatecast.feature.Ahead;
import dev.gatecast.feature.Ring;
import java.util.Arrays;

/** Takes a tick's values apart: those whose past is remembered, and those of coming steps. Belongs to one thread. */
final class Received {
    /** No model says how long a step is. */
    static final long NO_CADENCE = -1;

    private final Ahead ahead;
    private final int[] presentPlaces; // (1 + names)
    private final int[] aheadPlaces; // (ahead)
    private final double[] present; // (1 + names)

    Received(TickFields fields) {
        ahead = fields.ahead();
        aheadPlaces = ahead.places(fields.sent());
        present = new double[1 + fields.names().size()];
        presentPlaces = new int[present.length];
        for (int i = 1; i < present.length; i++) {
            presentPlaces[i] = 1 + fields.sent().indexOf(fields.names().get(i - 1));
        }
    }

    /** The target and the values whose past is remembered; valid until the next call. {@code values} Not modified. */
    double[] present(double[] values) {
        if (aheadPlaces.length == 0) {
            return values;
        }
        Arrays.fill(present, Double.NaN);
        for (int i = 0; i < present.length; i++) {
            present[i] = presentPlaces[i] < values.length ? values[presentPlaces[i]] : Double.NaN;
        }
        return present;
    }

    /**
     * What a tick says of coming steps, into the ring that has just taken in its present ones.
     *
     * @param ring Modified.
     * @param last time of the tick before, Long.MIN_VALUE for none
     * @param cadence milliseconds, 0 where every tick is a step, or {@link #NO_CADENCE}: then only this tick counts
     */
    void announce(Ring ring, double[] values, long last, long time, long cadence) {
        if (aheadPlaces.length > 0) {
            boolean goesOn = last != Long.MIN_VALUE && cadence != NO_CADENCE;
            ring.announce(ahead, goesOn ? Ahead.passed(last, time, cadence) : ahead.steps(), values, aheadPlaces);
        }
    }
}
