package dev.gatecast.backtest;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums by the time at which forecasts were made, in buckets that become twice as wide when there are too many. */
final class TimeBuckets {
    private static final int MOST = 2048;

    private long width;
    private Map<Long, double[]> sums = new HashMap<>();

    /** @param width of a bucket at first, at least 1 */
    TimeBuckets(long width) {
        this.width = width;
    }

    long width() {
        return width;
    }

    /** Takes sums in. Not modified. */
    void add(long time, double[] more) {
        addAt(Math.floorDiv(time, width), more, sums);
        while (sums.size() > MOST) {
            widen();
        }
    }

    private static void addAt(long bucket, double[] more, Map<Long, double[]> into) {
        var there = into.get(bucket);
        if (there == null) {
            into.put(bucket, more.clone());
        } else {
            Sums.add(more, there);
        }
    }

    private void widen() {
        width *= 2;
        var wider = new HashMap<Long, double[]>();
        // in their order, so that the rounding of the sums does not depend on that of a hash map
        new TreeMap<>(sums).forEach((bucket, there) -> addAt(Math.floorDiv(bucket, 2L), there, wider));
        sums = wider;
    }

    /** Takes another's sums in. Modified both: the narrower is widened. */
    void merge(TimeBuckets other) {
        while (width < other.width) {
            widen();
        }
        while (other.width < width) {
            other.widen();
        }
        new TreeMap<>(other.sums).forEach((bucket, there) -> addAt(bucket, there, sums));
        while (sums.size() > MOST) {
            widen();
        }
    }

    /** The buckets by their first time. */
    SortedMap<Long, double[]> byTime() {
        var sorted = new TreeMap<Long, double[]>();
        sums.forEach((bucket, there) -> sorted.put(bucket * width, there));
        return sorted;
    }
}
