package dev.gatecast.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long ticks take, over the last minute and since the start. Thread-safe. */
final class Latency {
    private static final long LONGEST = 60_000_000_000L; // nanoseconds
    private static final int DIGITS = 2;
    private static final int INTERVALS = 30;

    private final Recorder recorder = new Recorder(LONGEST, DIGITS);
    private final Deque<Histogram> intervals = new ArrayDeque<>();
    private final Histogram total = new Histogram(LONGEST, DIGITS);
    private Histogram recent = new Histogram(LONGEST, DIGITS);

    /** Takes in how long one tick took, nanoseconds. */
    void record(long nanos) {
        recorder.recordValue(Math.max(0, Math.min(nanos, LONGEST)));
    }

    /** Ends an interval; the last thirty make the recent figures. */
    synchronized void turn() {
        var interval = recorder.getIntervalHistogram();
        total.add(interval);
        intervals.addLast(interval);
        if (intervals.size() > INTERVALS) {
            intervals.removeFirst();
        }
        recent = new Histogram(LONGEST, DIGITS);
        intervals.forEach(recent::add);
    }

    /** Seconds that a share of the ticks of the last intervals stayed below; NaN without ticks. */
    synchronized double recent(double share) {
        return seconds(recent, share);
    }

    /** Seconds that a share of all ticks stayed below; NaN without ticks. */
    synchronized double total(double share) {
        turn();
        return seconds(total, share);
    }

    private static double seconds(Histogram histogram, double share) {
        return histogram.getTotalCount() == 0 ? Double.NaN : histogram.getValueAtPercentile(100 * share) / 1e9;
    }
}
