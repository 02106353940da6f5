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
    private Map<Long, Bucket> buckets = new HashMap<>();
    private @Nullable Bucket last; // asked for, of the times from lastFrom on
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

    /** The sums of a stretch of time. Whoever holds one may go on adding to it while others are joined with it. */
    static final class Bucket {
        private final double[] sums;
        private @Nullable Bucket joined;

        private Bucket(int size) {
            sums = new double[size];
        }

        /** The sums to add to, (size). */
        double[] sums() {
            var last = this;
            for (var next = joined; next != null; next = next.joined) {
                last = next;
            }
            return last.sums;
        }

        private void join(Bucket other) {
            Sums.add(other.sums, sums);
            other.joined = this;
        }
    }

    long width() {
        return width;
    }

    /** Takes sums in. Not modified. */
    void add(long time, double[] more) {
        Sums.add(more, at(time, more.length).sums());
    }

    /** The bucket of a time, of so many numbers if it is new. */
    Bucket at(long time, int size) {
        var into = time - lastFrom;
        return last != null && into >= 0 && into < width ? last : found(Math.floorDiv(time, width), size);
    }

    private Bucket found(long at, int size) {
        var bucket = buckets.computeIfAbsent(at, unused -> new Bucket(size));
        last = bucket;
        lastFrom = at * width;
        while (buckets.size() > most) {
            widen();
        }
        return bucket;
    }

    private static void addAt(long at, Bucket more, Map<Long, Bucket> into) {
        var there = into.putIfAbsent(at, more);
        if (there != null) {
            there.join(more);
        }
    }

    private void widen() {
        width *= 2;
        last = null;
        var wider = new HashMap<Long, Bucket>();
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
        buckets.forEach((at, there) -> sorted.put(at * width, there.sums()));
        return sorted;
    }
}
