package dev.gatecast.source;

import dev.gatecast.event.Rejection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Counts what could not be processed, by reason, and keeps the first few messages of each. Not thread-safe. */
public final class Rejections {
    private static final int KEPT = 5;

    private final Map<Rejection, Long> counts = new EnumMap<>(Rejection.class);
    private final Map<Rejection, List<String>> messages = new EnumMap<>(Rejection.class);
    private long total;

    /**
     * Counts one.
     *
     * @param message where and why; asked for only while messages of this reason are kept
     */
    public void add(Rejection reason, Supplier<String> message) {
        total++;
        counts.merge(reason, 1L, Long::sum);
        var kept = messages.computeIfAbsent(reason, unused -> new ArrayList<>(KEPT));
        if (kept.size() < KEPT) {
            kept.add(message.get());
        }
    }

    /** All of them. */
    public long total() {
        return total;
    }

    /** How many of each reason; reasons that did not occur are absent. */
    public Map<Rejection, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** The first few messages of each reason, each saying where and why. */
    public List<String> messages() {
        var all = new ArrayList<String>();
        messages.forEach((reason, kept) -> kept.forEach(message -> all.add(reason + " " + message)));
        return all;
    }
}
