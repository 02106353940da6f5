package dev.gatecast.source;

import java.util.HashMap;
import java.util.Map;

/** Finds the fixed step of a grid in ticks that nobody said it of. */
public final class Cadence {
    private static final int LOOKED_AT = 200_000;
    private static final double SHARE = 0.95;

    private Cadence() {}

    /**
     * The time from one tick of an entity to its next that nearly all of them share, milliseconds; 0 where there is
     * none. Reads the first {@value #LOOKED_AT} ticks; does not close the source.
     */
    public static long of(TickSource source) {
        var last = new HashMap<String, Long>();
        var counts = new HashMap<Long, Integer>();
        var steps = 0;
        for (var i = 0; i < LOOKED_AT; i++) {
            var next = source.next();
            if (next == null) {
                break;
            }
            var before = last.put(next.tick().entity(), next.tick().time());
            if (before != null && next.tick().time() > before) {
                counts.merge(next.tick().time() - before, 1, Integer::sum);
                steps++;
            }
        }
        return shared(counts, SHARE * steps);
    }

    private static long shared(Map<Long, Integer> counts, double least) {
        for (var step : counts.entrySet()) {
            if (step.getValue() >= least) {
                return step.getKey();
            }
        }
        return 0;
    }
}
