package dev.gatecast.event;

import java.util.List;

/**
 * The series that ticks with several targets consist of. Each target of an entity is a series of its own, with a state, forecasts
 * and alerts of its own, under one model; its name is {@code entity/target}. Where there is one target, its series is the
 * entity. Immutable.
 *
 * @param names the targets, the first of a tick's values
 */
public record Targets(List<String> names) {
    /** Between the targets in a name for a value of any of them. */
    public static final String BETWEEN_NAMES = "|";

    private static final char BETWEEN = '/';

    /** Copies. */
    public Targets {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("targets: at least one expected, got none");
        }
    }

    /** How many series a tick belongs to. */
    public int count() {
        return names.size();
    }

    /** A name for a value of any of them. */
    public String together() {
        return together(names);
    }

    /** A name for a value of any of some targets. */
    public static String together(List<String> names) {
        return String.join(BETWEEN_NAMES, names);
    }

    /** Name of an entity's series. */
    public String series(String entity, int target) {
        return count() == 1 ? entity : entity + BETWEEN + names.get(target);
    }

    /** Whether a series is one of several of its entity, that of this target. Allocates nothing. */
    public static boolean isOf(String series, String target) {
        int at = series.length() - target.length() - 1;
        return at >= 0 && series.charAt(at) == BETWEEN && series.endsWith(target);
    }

    /** The entity of a series. */
    public String entity(String series) {
        if (count() > 1) {
            for (var name : names) {
                if (isOf(series, name)) {
                    return series.substring(0, series.length() - name.length() - 1);
                }
            }
        }
        return series;
    }

    /** What a tick says of one series: the target first, then the values that are no targets. */
    public Tick tick(Tick tick, int target) {
        if (count() == 1) {
            return tick;
        }
        var all = tick.values();
        var values = new double[all.length - count() + 1];
        values[0] = all[target];
        System.arraycopy(all, count(), values, 1, values.length - 1);
        return new Tick(series(tick.entity(), target), tick.time(), values, tick.missing(), tick.traits());
    }
}
