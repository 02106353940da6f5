package dev.gatecast.feature;

import java.util.List;

/**
 * A time zone as a table, since the rules of zones differ between Java releases: from each time on, the offset from UTC.
 *
 * @param name such as {@code America/New_York}
 * @param from times, milliseconds since the epoch, ascending
 * @param offsets what is added to UTC, milliseconds: the first before all times, then one from each time on
 */
public record Zone(String name, List<Long> from, List<Integer> offsets) {
    /** Universal time. */
    public static final Zone UTC = new Zone("UTC", List.of(), List.of(0));

    private static final int MOST = 18 * 3_600_000;

    /** Checks and copies. */
    public Zone {
        from = List.copyOf(from);
        offsets = List.copyOf(offsets);
        if (offsets.size() != from.size() + 1) {
            throw new IllegalArgumentException("zone " + name + ": expected one offset more than the " + from.size()
                    + " times, got " + offsets.size());
        }
        for (int i = 1; i < from.size(); i++) {
            if (from.get(i) <= from.get(i - 1)) {
                throw new IllegalArgumentException("zone " + name + ": expected ascending times, got " + from.get(i));
            }
        }
        for (int offset : offsets) {
            if (Math.abs(offset) > MOST) {
                throw new IllegalArgumentException(
                        "zone " + name + ": expected offsets of at most 18 hours, got " + offset + " ms");
            }
        }
    }
}
