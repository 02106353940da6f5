package dev.gatecast.trainer;

import java.util.List;

/**
 * Stretches of time of equal width, each of them a pair of the gate's tests where there are few entities.
 *
 * @param begin of the first, the ticks' time
 * @param width of each, the ticks' time, at least 1
 * @param rows of an entity in one of them, on average
 */
record JudgedTimes(long begin, long width, double rows) {
    private static final int MOST = 2_000;

    /** Over the unseen rows of some entities. */
    static JudgedTimes of(List<Past> judged) {
        long begin = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        int longest = 1;
        for (var past : judged) {
            begin = Math.min(begin, past.times()[past.selectEnd()]);
            end = Math.max(end, past.times()[past.rows() - 1]);
            longest = Math.max(longest, past.rows() - past.selectEnd());
        }
        int pairs = Math.min(MOST, longest);
        long width = judged.isEmpty() ? 1 : Math.max(1, (end - begin) / pairs);
        return new JudgedTimes(begin, width, Math.max(1, (double) longest / pairs));
    }

    /** The stretch that a time is in. */
    long pair(long time) {
        return Math.floorDiv(time - begin, width);
    }

    /** Pairs over which forecasts so many steps ahead share values. */
    double overlap(int horizon) {
        return horizon / rows;
    }
}
