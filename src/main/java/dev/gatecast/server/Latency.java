package dev.gatecast.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long a tick takes, over the last minute and since the start. Thread-safe. */
final class Latency {
    private static final long LONGEST = 60_000_000_000L; // nanoseconds
    private static final int DIGITS = 2;
    private static final int INTERVALS = 12;

    private final Recorder recorder = new Recorder(LONGEST, DIGITS);
    private final Deque<Histogram> recent = new ArrayDeque<>();
    private final Histogram total = new Histogram(LONGEST, DIGITS);

    void record(long nanos) {
        recorder.recordValue(Math.max(0, Math.min(nanos, LONGEST)));
    }

    /** Ends an interval; the last twelve make the recent figures. */
    synchronized void turn() {
        var interval = recorder.getIntervalHistogram();
        total.add(interval);
        recent.addLast(interval);
        if (recent.size() > INTERVALS) {
            recent.removeFirst();
        }
    }

    /** Seconds below which a share of the ticks of the last intervals stayed; NaN without ticks. */
    synchronized double recent(double share) {
        var sum = new Histogram(LONGEST, DIGITS);
        recent.forEach(sum::add);
        return seconds(sum, share);
    }

    /** Seconds below which a share of all ticks stayed; NaN without ticks. */
    synchronized double total(double share) {
        total.add(recorder.getIntervalHistogram());
        return seconds(total, share);
    }

    private static double seconds(Histogram histogram, double share) {
        return histogram.getTotalCount() == 0 ? Double.NaN : histogram.getValueAtPercentile(100 * share) / 1e9;
    }
}
