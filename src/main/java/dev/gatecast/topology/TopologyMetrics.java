package dev.gatecast.topology;

import dev.gatecast.event.Alert;
import dev.gatecast.event.Rejection;
import dev.gatecast.kafka.SentAt;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What the topology of this process has counted since it was made. Thread-safe. */
public final class TopologyMetrics {
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 2;

    private final LongAdder ticks = new LongAdder();
    private final LongAdder forecasts = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder activations = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private final Map<Alert.Phase, LongAdder> alerts = adders(Alert.Phase.class);
    private final Map<Rejection, LongAdder> rejections = adders(Rejection.class);
    private final Recorder stepTimes = new Recorder(LONGEST_NANOS, DIGITS);
    private final Recorder delays = new Recorder(LONGEST_NANOS, DIGITS);

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        var adders = new EnumMap<E, LongAdder>(type);
        for (var constant : type.getEnumConstants()) {
            adders.put(constant, new LongAdder());
        }
        return adders;
    }

    /** Ticks that advanced their entity. */
    public long ticks() {
        return ticks.sum();
    }

    /** Forecasts emitted. */
    public long forecasts() {
        return forecasts.sum();
    }

    /** Changes of alerts emitted, by what happened. */
    public Map<Alert.Phase, Long> alerts() {
        return sums(Alert.Phase.class, alerts);
    }

    /** Records that were not processed, by reason; every reason is there. */
    public Map<Rejection, Long> rejections() {
        return sums(Rejection.class, rejections);
    }

    /** Records whose processing ended in an error of ours or of Kafka's, not in a rejection. */
    public long failures() {
        return failures.sum();
    }

    /** Records sent to the dead letters. */
    public long deadLetters() {
        return deadLetters.sum();
    }

    /** Activations read, one per partition. */
    public long activations() {
        return activations.sum();
    }

    /** Times from a tick taken from its queue to its outputs handed to Kafka, nanoseconds, since the last call. */
    public Histogram stepTimes() {
        return stepTimes.getIntervalHistogram();
    }

    /**
     * Times from the moment a producer noted in the header {@value SentAt#NAME} to the outputs handed to Kafka,
     * nanoseconds, since the last call. Empty where no producer notes it.
     */
    public Histogram delays() {
        return delays.getIntervalHistogram();
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Class<E> type, Map<E, LongAdder> adders) {
        var sums = new EnumMap<E, Long>(type);
        adders.forEach((constant, adder) -> sums.put(constant, adder.sum()));
        return sums;
    }

    void tick(long nanos) {
        ticks.increment();
        stepTimes.recordValue(Math.min(LONGEST_NANOS, Math.max(0, nanos)));
    }

    void delay(long nanos) {
        delays.recordValue(Math.min(LONGEST_NANOS, Math.max(0, nanos)));
    }

    void forecast() {
        forecasts.increment();
    }

    void alert(Alert.Phase phase) {
        increment(alerts, phase);
    }

    void rejection(Rejection reason) {
        increment(rejections, reason);
    }

    void failure() {
        failures.increment();
    }

    void activation() {
        activations.increment();
    }

    void deadLetter() {
        deadLetters.increment();
    }

    private static <E> void increment(Map<E, LongAdder> adders, E constant) {
        var adder = adders.get(constant);
        if (adder != null) {
            adder.increment();
        }
    }
}
