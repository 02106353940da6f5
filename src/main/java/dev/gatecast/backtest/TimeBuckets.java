package dev.gatecast.backtest;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums by the time at which forecasts were made, in buckets that become twice as wide when there are too many. */
final class TimeBuckets {
    private final int most;
    private long width;
    private Map<Long, double[]> buckets = new HashMap<>();
    private double @Nullable [] last; // added to, of the times from lastFrom on
    private long lastFrom;

    /**
     * No sums yet.
     *
     * @param width of a bucket at first, at least 1
     * @param most buckets, at least 1
     */
    TimeBuckets(long width, int most) {
        this.width = width;
        this.most = most;
    }

    long width() {
        return width;
    }

    /** Takes sums in, as many each time. Not modified. */
    void add(long time, double[] more) {
        var into = time - lastFrom;
        var bucket = last != null && into >= 0 && into < width ? last : bucket(time, more.length);
        Sums.add(more, bucket);
    }

    private double[] bucket(long time, int size) {
        while (buckets.size() >= most && !buckets.containsKey(Math.floorDiv(time, width))) {
            widen();
        }
        var at = Math.floorDiv(time, width);
        var bucket = buckets.computeIfAbsent(at, unused -> new double[size]);
        last = bucket;
        lastFrom = at * width;
        return bucket;
    }

    private static void addAt(long at, double[] more, Map<Long, double[]> into) {
        var there = into.putIfAbsent(at, more);
        if (there != null) {
            Sums.add(more, there);
        }
    }

    private void widen() {
        width *= 2;
        last = null;
        var wider = new HashMap<Long, double[]>();
        // in their order, so that the rounding of the sums does not depend on that of a hash map
        new TreeMap<>(buckets).forEach((at, there) -> addAt(Math.floorDiv(at, 2L), there, wider));
        buckets = wider;
    }

    /** Takes another's sums in. Modified both: the narrower is widened, and the other is of no further use. */
    void merge(TimeBuckets other) {
        while (width < other.width) {
            widen();
        }
        while (other.width < width) {
            other.widen();
        }
        new TreeMap<>(other.buckets).forEach((at, there) -> addAt(at, there, buckets));
        while (buckets.size() > most) {
            widen();
        }
    }

    /** The sums by the first time of their bucket. */
    SortedMap<Long, double[]> byTime() {
        var sorted = new TreeMap<Long, double[]>();
        buckets.forEach((at, there) -> sorted.put(at * width, there));
        return sorted;
    }
}
